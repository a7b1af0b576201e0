// What a customer's value means to those who serve them: A, B, C or D by published thresholds (R026), and when it fell (R031).

export type ValueGrade = "A" | "B" | "C" | "D";

/** For A, B and C in this order: shares of the book from the top, ascending. */
type Shares = readonly [number, number, number];

const GRADES = ["A", "B", "C"] as const;

/** Share of the book that is worth strictly more, 0 to 1, for each: equal values have equal shares. */
export function rankShares(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return values.map((value) => (sorted.length - upperBound(sorted, value)) / sorted.length);
}

/** Who is worth nothing is D, whatever the others are worth. */
export function gradesOf(values: Float64Array, shares: Shares): ValueGrade[] {
  check(shares);
  const least = leastValues(values, shares);
  const grades: ValueGrade[] = [];
  for (const value of values)
    grades.push(gradeAt(value > 0 ? least.findIndex((limit) => value >= limit) : -1));
  return grades;
}

/** The least values of which a smaller share than each of these is worth more. */
function leastValues(values: Float64Array, shares: Shares): number[] {
  const sorted = values.slice().sort();
  return shares.map((share) => sorted[sorted.length - Math.ceil(share * sorted.length)] ?? Infinity);
}

const gradeAt = (place: number): ValueGrade => GRADES[place] ?? "D";

function check([a, b, c]: Shares): void {
  if (!(0 <= a && a <= b && b <= c && c <= 1))
    throw new RangeError("Shares ascend from A to C, within 0 and 1.");
}

/** 1 − after/before, 0 where it rose or there was nothing to lose; above 1 where the value is now below 0. */
export const dropShare = (before: number, after: number): number =>
  before > 0 && after < before ? 1 - after / before : 0;

/** Whether the value fell by more than this share of what it was. */
export const valueDropped = (before: number, after: number, threshold: number): boolean =>
  dropShare(before, after) > threshold;

/** How many are at most this value. */
function upperBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
