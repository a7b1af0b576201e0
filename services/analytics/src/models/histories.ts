// The purchase histories that the models of purchasing are fitted to, with equal ones counted once.

export const DAYS_PER_WEEK = 7;

/** One entry per customer, in whole days since the customer's first purchase; the models themselves count in weeks. */
export interface Histories {
  /** Purchases after the first one: x. */
  readonly repeats: Int32Array;
  /** Days to the last purchase: tₓ. */
  readonly recency: Int32Array;
  /** Days to the cut-off: T. */
  readonly age: Int32Array;
}

/**
 * Distinct histories in ascending order, whatever order they came in, so that sums over them are always the same bits.
 * Times are days, and so places in a table: one logarithm for each day there is instead of two for each history.
 */
export interface Triples {
  readonly x: Int32Array;
  readonly tx: Int32Array;
  readonly T: Int32Array;
  readonly count: Float64Array;
  readonly customers: number;
  readonly repeats: number;
  readonly mostDays: number;
  /** Customers by x, from 0 to the most. */
  readonly byX: Float64Array;
}

export function triplesOf(histories: Histories): Triples {
  check(histories);
  const { repeats, recency, age } = histories;
  const mostX = most(repeats);
  const days = most(age) + 1;
  if ((mostX + 1) * days * days > Number.MAX_SAFE_INTEGER)
    throw new RangeError(
      "The histories are too long to be counted: give times in days and counts as counts.",
    );
  const byX = new Float64Array(mostX + 1);
  const keys = new Float64Array(age.length);
  for (let i = 0; i < keys.length; i++) {
    byX[repeats[i]!]!++;
    keys[i] = (repeats[i]! * days + recency[i]!) * days + age[i]!;
  }
  keys.sort();
  const sum = byX.reduce((total, count, x) => total + count * x, 0);
  return { ...unpacked(keys, days), customers: keys.length, repeats: sum, mostDays: days - 1, byX };
}

function unpacked(keys: Float64Array, days: number) {
  let distinct = 0;
  for (let i = 0; i < keys.length; i++) if (keys[i] !== keys[i - 1]) distinct++;
  const [x, tx, T] = [new Int32Array(distinct), new Int32Array(distinct), new Int32Array(distinct)];
  const count = new Float64Array(distinct);
  let at = -1;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key !== keys[i - 1]) {
      at++;
      const rest = Math.floor(key / days);
      x[at] = Math.floor(rest / days);
      tx[at] = rest - x[at]! * days;
      T[at] = key - rest * days;
    }
    count[at]!++;
  }
  return { x, tx, T, count };
}

function check({ repeats, recency, age }: Histories): void {
  if (repeats.length !== recency.length || repeats.length !== age.length)
    throw new RangeError("The repeats, recencies and ages must be of one length.");
  for (let i = 0; i < age.length; i++)
    if (!isHistory(repeats[i]!, recency[i]!, age[i]!)) throw notAHistory(repeats[i]!, recency[i]!, age[i]!);
}

const isHistory = (x: number, tx: number, T: number) => x >= 0 && tx >= 0 && tx <= T && x > 0 === tx > 0;

const notAHistory = (x: number, tx: number, T: number) =>
  new RangeError(
    `${x} repeats, the last on day ${tx} of ${T}, is no history: the last is not after the end, and on day 0 exactly without repeats.`,
  );

const most = (values: Int32Array) => values.reduce((top, value) => Math.max(top, value), 0);
