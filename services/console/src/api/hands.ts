// Whether somebody is at the page. What it asks by itself, once a second or when a tab comes back, is nobody's use of a session.

/** What only a person does. Not the pointer's moves: browsers tell of one, too, where the page moves under it. */
const DEEDS = ["pointerdown", "click", "keydown", "input", "wheel", "touchmove"];

/** So long after the last of them a request is still that person's: what a click sets off may take several. */
const NEAR_MS = 30_000;

export interface Hands {
  /** Whether what is asked now is asked for somebody. */
  areNear(): boolean;
}

/** To open a page is a deed, too. */
export function handsOn(page: EventTarget, now: () => number = () => performance.now()): Hands {
  let last = now();
  const notice = () => void (last = now());
  for (const deed of DEEDS) page.addEventListener(deed, notice, { capture: true, passive: true });
  return { areNear: () => now() - last <= NEAR_MS };
}
