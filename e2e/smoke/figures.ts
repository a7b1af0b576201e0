interface Figure {
  readonly name: string;
  readonly expected: string;
  readonly actual: string;
  readonly good: boolean;
}

/** What came out beside what should come out. */
export function figures() {
  const table: Figure[] = [];
  const add = (name: string, expected: string, actual: string, good: boolean) =>
    void table.push({ name, expected, actual, good });
  return {
    exact: (name: string, expected: string | number | bigint, actual: string | number | bigint) =>
      add(name, String(expected), String(actual), String(expected) === String(actual)),
    /** `tolerance` is absolute. */
    near: (name: string, expected: number, actual: number | undefined, tolerance: number) =>
      add(
        name,
        `${expected} ± ${Number(tolerance.toPrecision(2))}`,
        actual === undefined ? "none" : String(Number(actual.toPrecision(9))),
        actual !== undefined && Math.abs(actual - expected) <= tolerance,
      ),
    within: (name: string, low: number, high: number, actual: number | undefined) =>
      add(name, `${low} to ${high}`, String(actual), actual !== undefined && actual >= low && actual <= high),
    /** The job did not come to its end. */
    broken: (why: string) => add("all of it", "an end", why, false),
    good: () => table.every(({ good }) => good),
    print() {
      const width = (pick: (figure: Figure) => string) => Math.max(...table.map((each) => pick(each).length));
      const [first, second] = [width(({ name }) => name), width(({ expected }) => expected)];
      for (const { name, expected, actual, good } of table)
        console.log(`${good ? "ok " : "BAD"} ${name.padEnd(first)}  ${expected.padEnd(second)}  ${actual}`);
    },
  };
}

export type Figures = ReturnType<typeof figures>;
