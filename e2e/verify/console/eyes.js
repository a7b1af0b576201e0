// Runs in the page, before anything of it: what stands on the screen, and when. Times are those of performance.now().
globalThis.eyes = (() => {
  const HEAD = 40; // of the grid, in pixels
  const grid = () => document.querySelector("[role=grid]");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const rows = () => all("[role=grid] [role=rowgroup] > [role=row]");
  const isGhost = (row) => row.ariaBusy === "true";
  const isTold = (row) => !isGhost(row) && row.textContent.trim() !== "";

  // The last thing that a hand has done, by the clock of the device.
  let acted = 0;
  for (const kind of ["click", "keydown", "input"])
    addEventListener(kind, (event) => (acted = event.timeStamp), { capture: true, passive: true });

  const frame = () => new Promise(requestAnimationFrame);

  /** When something has come to stand on the screen, and what was asked of the network until then. */
  async function sight(isThere) {
    while (!isThere()) await frame();
    await new Promise((resolve) => setTimeout(resolve)); // behind the frame that shows it
    const at = performance.now();
    return { at, took: at - acted, calls: calls(at) };
  }

  const calls = (until) =>
    performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime <= until)
      .map(({ name, startTime, responseEnd, transferSize }) => {
        const { pathname, search } = new URL(name);
        return { path: pathname + search, begin: startTime, end: responseEnd, bytes: transferSize };
      });

  /** What is seen of the rows, between the head of the grid and its lower edge or the last row. */
  function view() {
    const box = grid().getBoundingClientRect();
    const content = grid().querySelector("[role=rowgroup]").getBoundingClientRect();
    const inner = box.top + grid().clientTop;
    return { top: inner + HEAD, bottom: Math.min(inner + grid().clientHeight, content.bottom) };
  }

  function inView() {
    const { top, bottom } = view();
    return rows().filter((row) => {
      const box = row.getBoundingClientRect();
      return box.bottom > top && box.top < bottom;
    });
  }

  /** Pixels of the view where no row and no skeleton is. */
  function blankOf(shown) {
    const { top, bottom } = view();
    const boxes = shown
      .filter((row) => isTold(row) || isGhost(row))
      .map((row) => row.getBoundingClientRect())
      .sort((a, b) => a.top - b.top);
    let covered = top;
    let blank = 0;
    for (const box of boxes) {
      blank += Math.max(0, box.top - covered);
      covered = Math.max(covered, box.bottom);
    }
    return blank + Math.max(0, bottom - covered);
  }

  /** Looks at each frame until it is asked for what it has seen. */
  function watch() {
    const began = performance.now();
    const seen = {
      frames: 0,
      blank: 0,
      mostBlank: 0,
      withSkeletons: 0,
      worstWait: 0,
      longest: 0,
      seconds: 0,
    };
    let last = began;
    let waiting;
    let going = true;
    const look = (now) => {
      if (!going) return;
      requestAnimationFrame(look);
      const shown = inView();
      const blank = blankOf(shown);
      seen.frames += 1;
      seen.longest = Math.max(seen.longest, now - last);
      last = now;
      if (blank > 1) seen.blank += 1;
      seen.mostBlank = Math.max(seen.mostBlank, blank);
      if (shown.some(isGhost)) {
        waiting ??= now;
        seen.withSkeletons += 1;
        seen.worstWait = Math.max(seen.worstWait, now - waiting);
      } else {
        if (waiting !== undefined) seen.worstWait = Math.max(seen.worstWait, now - waiting);
        waiting = undefined;
      }
    };
    requestAnimationFrame(look);
    return () => {
      going = false;
      seen.seconds = (performance.now() - began) / 1000;
      return seen;
    };
  }

  let seen;
  return {
    sight,
    /** Real rows that answer what was asked last. */
    rows: () => (grid()?.closest("[aria-busy=true]") ? [] : rows().filter(isTold)),
    inView: () => inView().map((row) => row.textContent),
    /** How far one has come: the row that stands lowest. */
    reached: () => Math.max(0, ...inView().map((row) => Number(row.ariaRowIndex) - 1)),
    /** To a part of the way from the first row to the last one that is known. */
    scrollTo: (part) => grid().scrollTo({ top: part * (grid().scrollHeight - grid().clientHeight) }),
    isCustomer: () =>
      Boolean(document.querySelector("h1")?.textContent) &&
      Boolean(document.querySelector(".customer-facts")?.textContent) &&
      all(".customer-main [role=list] [role=listitem]").some(
        (entry) => entry.textContent && entry.getBoundingClientRect().top < innerHeight,
      ),
    hits: (text) => all("[role=listbox] [role=option]").some((option) => option.textContent.includes(text)),
    begin: () => (seen = watch()),
    end: () => seen(),
  };
})();
