// BG/NBD (Fader, Hardie and Lee 2005): purchases at a rate that is gamma(r, α) over customers, and after each purchase a
// customer leaves with a probability that is beta(a, b) over customers.
import { DAYS_PER_WEEK, type Histories, type Triples, triplesOf } from "./histories.ts";
import { type BetaRule, betaRule } from "./hypergeometric.ts";
import { minimise } from "./minimise.ts";
import type { PurchaseFit, PurchaseModel } from "./purchase-model.ts";

export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Maximum likelihood over the logarithms of the parameters. The same customers in any order give the same bits. */
export function fitBgNbd(histories: Histories): PurchaseFit<BgNbd> {
  const triples = triplesOf(histories);
  const { customers, repeats, mostDays } = triples;
  if (repeats === 0)
    throw new RangeError("Nobody bought twice: there is nothing to fit the purchase model to.");
  const rate = repeats / customers / (mostDays / DAYS_PER_WEEK);
  const likelihood = likelihoodOf(triples);
  const { point, value, converged } = minimise(
    (logs, gradient) => {
      const parameters = parametersOf(logs);
      const sum = likelihood(parameters, gradient);
      for (let i = 0; i < 4; i++) gradient[i]! *= -Math.exp(logs[i]!) / customers;
      return -sum / customers;
    },
    [0, -Math.log(rate), 0, 0],
  );
  return { parameters: parametersOf(point), logLikelihood: -value * customers, customers, converged };
}

const parametersOf = (logs: Float64Array): BgNbd => {
  const [r, alpha, a, b] = logs.map(Math.exp) as unknown as [number, number, number, number];
  return { r, alpha, a, b };
};

/** The log-likelihood over all customers; the gradient is by r, α, a, b in this order. */
export function likelihoodOf(triples: Triples): (parameters: BgNbd, gradient: Float64Array) => number {
  const { x, tx, T, count } = triples;
  const tables = tablesOf(triples);
  const { log, per, logLeft, perLeft } = tables;
  return (parameters, gradient) => {
    const { r, alpha, a } = parameters;
    fill(tables, parameters);
    let [sum, byR, byAlpha, dead, byLeft] = [0, 0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const n = count[i]!;
      const k = r + x[i]!;
      const logTx = log[tx[i]!]!;
      const logT = log[T[i]!]!;
      const odds = logLeft[x[i]!]! - k * (logTx - logT);
      // Of the two the larger one stays outside of the exponential.
      const e = Math.exp(-Math.abs(odds));
      const q = odds > 0 ? 1 / (1 + e) : e / (1 + e);
      sum += n * ((odds > 0 ? odds : 0) + Math.log1p(e) - k * logT);
      byR -= n * (logT + q * (logTx - logT));
      byAlpha -= n * k * (per[T[i]!]! + q * (per[tx[i]!]! - per[T[i]!]!));
      dead += n * q;
      byLeft += n * q * perLeft[x[i]!]!;
    }
    gradient.set([byR, byAlpha + (triples.customers * r) / alpha, dead / a, -byLeft]);
    return sum + addCounts(triples, parameters, gradient);
  };
}

const tablesOf = ({ mostDays, byX }: Triples) => ({
  /** ln(α + weeks), by days. */
  log: new Float64Array(mostDays + 1),
  per: new Float64Array(mostDays + 1),
  /** ln a/(b + x − 1): after the last of x purchases, left or not; nobody leaves before the first one. */
  logLeft: new Float64Array(byX.length).fill(-Infinity),
  perLeft: new Float64Array(byX.length),
});

function fill({ log, per, logLeft, perLeft }: ReturnType<typeof tablesOf>, { alpha, a, b }: BgNbd): void {
  for (let day = 0; day < log.length; day++) {
    log[day] = Math.log(alpha + day / DAYS_PER_WEEK);
    per[day] = 1 / (alpha + day / DAYS_PER_WEEK);
  }
  for (let x = 1; x < logLeft.length; x++) {
    logLeft[x] = Math.log(a / (b + x - 1));
    perLeft[x] = 1 / (b + x - 1);
  }
}

/** The factors that x alone decides: Γ(r+x)/Γ(r)·α^r and Γ(b+x)Γ(a+b)/(Γ(b)Γ(a+b+x)), as sums of logarithms. */
function addCounts({ byX, customers }: Triples, { r, alpha, a, b }: BgNbd, gradient: Float64Array): number {
  let more = customers; // customers with more than x purchases: each of them has the factor of x
  let [sum, byR, byA, byB] = [customers * r * Math.log(alpha), customers * Math.log(alpha), 0, 0];
  for (let x = 0; x < byX.length - 1; x++) {
    more -= byX[x]!;
    sum += more * Math.log(((r + x) * (b + x)) / (a + b + x));
    byR += more / (r + x);
    byA -= more / (a + b + x);
    byB += more / (b + x) - more / (a + b + x);
  }
  gradient[0]! += byR;
  gradient[2]! += byA;
  gradient[3]! += byB;
  return sum;
}

/**
 * Given that the customer is alive, the chance to leave is beta(a, b + x), and for one chance p the purchases of t weeks are
 * (1 − (1 + pt/(α+T))^−(r+x))/p. Its mean is the closed form with ₂F₁, without its pole at a = 1 and without a power of
 * (α+T)/(α+T+t) that underflows for those who bought hundreds of times.
 */
export function bgNbd({ r, alpha, a, b }: BgNbd): PurchaseModel {
  const rules = new Map<number, BetaRule>();
  const ruleOf = (x: number) => {
    const rule = rules.get(x) ?? betaRule(a, b + x);
    rules.set(x, rule);
    return rule;
  };
  return {
    alive: (x, tx, T) => {
      if (x === 0) return 1;
      return 1 / (1 + Math.exp(Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + T) / (alpha + tx))));
    },
    purchasesIfAlive: (x, T, t) => {
      const { points, weights } = ruleOf(x);
      let sum = 0;
      for (let i = 0; i < points.length; i++) {
        const p = points[i]!;
        sum -= (weights[i]! / p) * Math.expm1(-(r + x) * Math.log1p((p * t) / (alpha + T)));
      }
      return sum;
    },
  };
}
