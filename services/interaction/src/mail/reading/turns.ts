// One is served at a time, and each company in its turn, however many of another wait.

export interface Turns {
  isFree(): boolean;
  /** Undefined, at once, where so many of the same company wait already. */
  take<T>(whose: string, work: () => Promise<T>): Promise<T | undefined>;
}

export function turns(most: number): Turns {
  const waiting = new Map<string, (() => void)[]>();
  let busy = false;

  function next() {
    const [first] = waiting;
    busy = first !== undefined;
    if (!first) return;
    const [whose, [begin, ...others]] = first;
    waiting.delete(whose);
    if (others.length > 0) waiting.set(whose, others); // behind all
    begin!();
  }

  async function turnOf(whose: string): Promise<boolean> {
    if (!busy) return (busy = true);
    const before = waiting.get(whose) ?? [];
    if (before.length >= most) return false;
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.set(whose, [...before, resolve]);
    await promise;
    return true;
  }

  return {
    isFree: () => !busy,
    async take(whose, work) {
      if (!(await turnOf(whose))) return undefined;
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
