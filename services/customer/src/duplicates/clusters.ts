// Which records are one customer, out of which pairs are: A is B and B is C, so A is C, unless the two speak against it.

export interface Linked {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
}

/** Two groups of more become one by their strongest pair alone: the question of all with all would cost too much. */
const MOST_ASKED = 400;

/**
 * Groups of places, each with two or more, by the strongest pairs first. Two groups become one where the pairs between them
 * speak for it on the whole, so that one wrong pair does not join two families.
 */
export function clustersOf(pairs: readonly Linked[], bitsOf: (a: number, b: number) => number): number[][] {
  const groupOf = new Map<number, number[]>();
  const groupWith = (place: number) => groupOf.get(place) ?? [place];
  for (const { a, b } of pairs.toSorted((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b)) {
    const [left, right] = [groupWith(a), groupWith(b)];
    if (left === right || !belongTogether(left, right, bitsOf)) continue;
    const joined = [...left, ...right];
    for (const place of joined) groupOf.set(place, joined);
  }
  return [...new Set(groupOf.values())].map((group) => group.toSorted((x, y) => x - y));
}

function belongTogether(
  left: readonly number[],
  right: readonly number[],
  bitsOf: (a: number, b: number) => number,
): boolean {
  if (left.length * right.length === 1 || left.length * right.length > MOST_ASKED) return true;
  let sum = 0;
  for (const a of left) for (const b of right) sum += bitsOf(a, b);
  return sum > 0;
}
