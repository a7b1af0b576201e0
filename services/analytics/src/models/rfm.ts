// How lately, how often and how much a customer bought, each scored 1 to 5.

export interface RfmInput {
  /** Days from the last purchase to the last day that counts. */
  readonly recencyDays: Int32Array;
  /** Purchases, the first one included. */
  readonly frequency: Int32Array;
  /** What all purchases brought together, in millionths: revenue, returns with their minus. */
  readonly revenueMicros: BigInt64Array;
}

export interface RfmScores {
  readonly recency: Uint8Array;
  readonly frequency: Uint8Array;
  readonly monetary: Uint8Array;
  /** The least value that has score 2, 3, 4 and 5, of the days' negative for recency; null where no value has it. */
  readonly cuts: { readonly [which in "recency" | "frequency" | "monetary"]: readonly (number | null)[] };
}

const SCORES = 5;

/**
 * The score is 1 + ⌊5 · share of the book that is strictly worse⌋, in SQL 1 + floor(5 * (rank() over (order by v) - 1) / count(*)):
 * equal values have equal scores, the worst is always 1, and 5 says that four fifths of the book are worse. So where most
 * bought once, all these have frequency 1, and a quintile may be small or empty. Longer silence is worse.
 */
export function rfmScores({ recencyDays, frequency, revenueMicros }: RfmInput): RfmScores {
  // Copied and mapped, not made by `from`, which asks an iterator for each of a million values.
  const recency = score(new Float64Array(recencyDays).map((days) => -days));
  const often = score(new Float64Array(frequency));
  const much = score(amounts(revenueMicros));
  return {
    recency: recency.scores,
    frequency: often.scores,
    monetary: much.scores,
    cuts: { recency: recency.cuts, frequency: often.cuts, monetary: much.cuts },
  };
}

/** Exact to nine thousand million units, where doubles begin to skip millionths. */
function amounts(micros: BigInt64Array): Float64Array {
  const totals = new Float64Array(micros.length);
  for (let i = 0; i < totals.length; i++) totals[i] = Number(micros[i]!);
  return totals;
}

function score(values: Float64Array): { scores: Uint8Array; cuts: (number | null)[] } {
  const sorted = values.slice().sort();
  const cuts: (number | null)[] = [];
  for (let best = 2; best <= SCORES; best++) cuts.push(cutOf(sorted, best));
  const limits = Float64Array.from(cuts, (cut) => cut ?? Infinity);
  const scores = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let at = 1;
    while (at < SCORES && values[i]! >= limits[at - 1]!) at++;
    scores[i] = at;
  }
  return { scores, cuts };
}

/** The least value with at least this many fifths of the book strictly below it. */
function cutOf(sorted: Float64Array, wanted: number): number | null {
  const below = Math.ceil(((wanted - 1) * sorted.length) / SCORES);
  if (below === 0 || below >= sorted.length) return null;
  if (sorted[below]! > sorted[below - 1]!) return sorted[below]!;
  // Equal to the one before it, so the first greater one, by halving: a million equal ones are no exception.
  let [low, high] = [below, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > sorted[below]!) high = middle;
    else low = middle + 1;
  }
  return sorted[low] ?? null;
}
