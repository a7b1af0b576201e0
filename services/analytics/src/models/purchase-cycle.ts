// How many days a customer lets pass between purchases, and when the next one is due (R111).

export interface Cycle {
  /** Median of the days between purchases, and their quartiles. */
  readonly medianDays: number;
  readonly lowerDays: number;
  readonly upperDays: number;
}

export interface NextPurchase {
  readonly cycle: Cycle;
  /** Whether it is the customer's own or, for want of purchases, the segment's. */
  readonly isOwn: boolean;
  /** Days since 1970-01-01, as the purchases are. */
  readonly day: number;
  readonly earliest: number;
  readonly latest: number;
}

const LEAST_PURCHASES = 3;
const LEAST_SPREAD = 0.25; // of the median: two gaps that happen to be equal are no proof of a clock
const LEAST_DAYS = 1;

/**
 * The middle half of the gaps, as percentile_cont has it in SQL, and at least a quarter of the median and a day to either side:
 * lower = min(lower quartile, median − floor), upper = max(upper quartile, median + floor), floor = max(1, median/4).
 */
export function cycleOf(gaps: readonly number[]): Cycle | undefined {
  if (gaps.length === 0) return;
  const sorted = Float64Array.from(gaps).sort();
  const medianDays = quantile(sorted, 0.5);
  const floor = Math.max(LEAST_DAYS, medianDays * LEAST_SPREAD);
  return {
    medianDays,
    lowerDays: Math.max(0, Math.min(quantile(sorted, 0.25), medianDays - floor)),
    upperDays: Math.max(quantile(sorted, 0.75), medianDays + floor),
  };
}

/** Days between purchases, of days in ascending order. */
export const gapsOf = (days: Int32Array): number[] =>
  Array.from(days.subarray(1), (day, i) => day - days[i]!);

/** Nothing where the customer bought less than three times and there is no cycle of a segment either. */
export function nextPurchase(days: Int32Array, ofSegment: Cycle | undefined): NextPurchase | undefined {
  const isOwn = days.length >= LEAST_PURCHASES;
  const cycle = isOwn ? cycleOf(gapsOf(days)) : ofSegment;
  const last = days.at(-1);
  if (!cycle || last === undefined) return;
  return {
    cycle,
    isOwn,
    day: last + Math.round(cycle.medianDays),
    earliest: last + Math.floor(cycle.lowerDays),
    latest: last + Math.ceil(cycle.upperDays),
  };
}

export interface CycleAccuracy {
  readonly predictions: number;
  /** Of these, the next purchase has come. The figures below are of them alone. */
  readonly purchases: number;
  /** Within the interval, its ends included. */
  readonly hits: number;
  readonly medianAbsoluteErrorDays: number | undefined;
  /** Mean of the actual minus the predicted day: above 0 where customers come later than foretold. */
  readonly biasDays: number | undefined;
}

export interface Outcome {
  readonly predicted: NextPurchase;
  /** The first purchase after the cut-off; absent where there was none until the end of the hold-out. */
  readonly actual: number | undefined;
}

/** How well purchases that were kept back were foretold. Who did not come is counted as a prediction and as no hit. */
export function cycleAccuracy(outcomes: readonly Outcome[]): CycleAccuracy {
  let hits = 0;
  const errors: number[] = [];
  for (const { predicted, actual } of outcomes) {
    if (actual === undefined) continue;
    errors.push(actual - predicted.day);
    if (actual >= predicted.earliest && actual <= predicted.latest) hits++;
  }
  const purchases = errors.length;
  const absolute = Float64Array.from(errors, Math.abs).sort();
  return {
    predictions: outcomes.length,
    purchases,
    hits,
    medianAbsoluteErrorDays: purchases === 0 ? undefined : quantile(absolute, 0.5),
    biasDays: purchases === 0 ? undefined : errors.reduce((sum, error) => sum + error, 0) / purchases,
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (high - low) * (at - Math.floor(at));
}
