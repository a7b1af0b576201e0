// Keys of a surface. They rest while somebody writes or a dialog is open; what is written into fields is theirs.
import { useEffect, useRef } from "react";

export type Keys = Readonly<Record<string, () => void>>;

/** `{ j: next, "g c": goToCustomers, "?": help }`: a key, or two after another. */
export function useShortcuts(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let before = "";
    let at = 0;
    const listen = (event: KeyboardEvent) => {
      if (isOthers(event)) return;
      const first = Date.now() - at < PAUSE_MS ? before : "";
      const action = actionOf(current.current, first, event.key);
      before = event.key;
      at = Date.now();
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** After g another surface's keys are places, and never what they are here alone. */
function actionOf(keys: Keys, first: string, key: string): (() => void) | undefined {
  return keys[`${first} ${key}`] ?? (first === LEADER ? undefined : keys[key]);
}

const LEADER = "g";

/** What is not meant for the surface: another's already, a browser's own, or written into a field. */
const isOthers = (event: KeyboardEvent): boolean =>
  event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writes(event.target);

/** How long a first key waits for its second. */
const PAUSE_MS = 1000;

function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}
