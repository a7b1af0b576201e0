// Whether more complaints of a cause came in a week than chance explains.
import { logGamma } from "../models/log-gamma.ts";

export interface Rise {
  readonly count: number;
  readonly expectedCount: number;
  /** 0 where too few weeks are known. */
  readonly limitCount: number;
  readonly rising: boolean;
}

/** As many weeks are looked back. */
export const WEEKS_BEFORE = 8;
const FEWEST_WEEKS = 4;
const FEWEST_COMPLAINTS = 5;
/** So often a week may be called a rise in which nothing has changed. */
const CHANCE = 0.001;

/**
 * Complaints that come at one rate are a Poisson process: of all n that came in k + 1 weeks, those of the last one are then
 * binomial with share 1 / (k + 1), whatever the rate is. So the limit allows for a mean that eight weeks tell only roughly, which
 * a Poisson limit at that mean would not.
 */
export function riseOf(count: number, before: readonly number[]): Rise {
  const sum = before.reduce((a, b) => a + b, 0);
  const expectedCount = before.length === 0 ? 0 : sum / before.length;
  if (before.length < FEWEST_WEEKS) return { count, expectedCount, limitCount: 0, rising: false };
  const limitCount = limitOf(sum, before.length);
  return { count, expectedCount, limitCount, rising: count >= limitCount };
}

function limitOf(sum: number, weeks: number): number {
  let limit = Math.max(FEWEST_COMPLAINTS, Math.ceil(sum / weeks));
  while (chanceOf(limit, sum, 1 / (weeks + 1)) > CHANCE) limit += 1;
  return limit;
}

/** Of count + sum complaints at least count fall into a part of the time. */
function chanceOf(count: number, sum: number, part: number): number {
  const all = count + sum;
  const odds = part / (1 - part);
  let term = Math.exp(
    logGamma(all + 1) -
      logGamma(count + 1) -
      logGamma(sum + 1) +
      count * Math.log(part) +
      sum * Math.log1p(-part),
  );
  let total = 0;
  for (let one = count; one <= all && term > 1e-12; one += 1) {
    total += term;
    term *= ((all - one) / (one + 1)) * odds;
  }
  return total;
}
