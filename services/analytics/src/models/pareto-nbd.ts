// Pareto/NBD (Schmittlein, Morrison and Colombo 1987): purchases at a rate that is gamma(r, α) over customers, who leave at a
// rate that is gamma(s, β). The likelihood is the integral over the time of leaving, not the difference of two ₂F₁ that is
// made of it: that one cancels where tₓ is close to T, overflows for many purchases, and has no derivative to climb by.
import { DAYS_PER_WEEK, type Histories, type Triples, triplesOf } from "./histories.ts";
import { legendreRule } from "./legendre.ts";
import { minimise } from "./minimise.ts";
import type { PurchaseFit, PurchaseModel } from "./purchase-model.ts";

export interface ParetoNbd {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** Maximum likelihood over the logarithms of the parameters. The same customers in any order give the same bits. */
export function fitParetoNbd(histories: Histories): PurchaseFit<ParetoNbd> {
  const triples = triplesOf(histories);
  const { customers, repeats, mostDays } = triples;
  if (repeats === 0)
    throw new RangeError("Nobody bought twice: there is nothing to fit the purchase model to.");
  const weeks = mostDays / DAYS_PER_WEEK;
  const { point, value, converged } = minimise(
    (logs, gradient) => {
      const parameters = parametersOf(logs);
      const sum = logLikelihood(triples, parameters, gradient);
      for (let i = 0; i < 4; i++) gradient[i]! *= -Math.exp(logs[i]!) / customers;
      return -sum / customers;
    },
    [0, Math.log((weeks * customers) / repeats), 0, Math.log(weeks)],
  );
  return { parameters: parametersOf(point), logLikelihood: -value * customers, customers, converged };
}

const parametersOf = (logs: Float64Array): ParetoNbd => {
  const [r, alpha, s, beta] = logs.map(Math.exp) as unknown as [number, number, number, number];
  return { r, alpha, s, beta };
};

function logLikelihood(triples: Triples, parameters: ParetoNbd, gradient: Float64Array): number {
  const { x, tx, T, count, byX, customers } = triples;
  const { r, alpha, s, beta } = parameters;
  const one = new Float64Array(4);
  let sum = customers * (r * Math.log(alpha) + s * Math.log(beta));
  gradient.set([Math.log(alpha), r / alpha, Math.log(beta), s / beta].map((slope) => slope * customers));
  for (let i = 0; i < x.length; i++) {
    const n = count[i]!;
    sum += n * logOfStays(parameters, x[i]!, tx[i]! / DAYS_PER_WEEK, T[i]! / DAYS_PER_WEEK, one);
    for (let j = 0; j < 4; j++) gradient[j]! += n * one[j]!;
  }
  let more = customers; // customers with more than k purchases: each of them has the factor r + k of Γ(r+x)/Γ(r)
  for (let k = 0; k < byX.length - 1; k++) {
    more -= byX[k]!;
    sum += more * Math.log(r + k);
    gradient[0]! += more / (r + k);
  }
  return sum;
}

// The more of the interval the integrand falls over, the more points: 1e-9 or better for x to 400 and any tₓ and T.
const RULES = [
  { most: 1, rule: legendreRule(8) },
  { most: 8, rule: legendreRule(14) },
  { most: Infinity, rule: legendreRule(40) },
];
const NOTHING_LEFT = 40; // e^−40

/**
 * ln of (α+T)^−(r+x)·(β+T)^−s, for who is still there, plus ∫ s·(α+y)^−(r+x)·(β+y)^−(s+1) dy from tₓ to T, for who left at y;
 * with its slopes by r, α, s, β. In v = ln (least+y)/(least+tₓ), least the smaller one of α and β, the integrand is as smooth
 * near its singularity as far from it.
 */
function logOfStays(
  { r, alpha, s, beta }: ParetoNbd,
  x: number,
  tx: number,
  T: number,
  slopes: Float64Array,
): number {
  const k = r + x;
  const least = Math.min(alpha, beta);
  const [aTx, bTx, aT, bT] = [alpha + tx, beta + tx, alpha + T, beta + T];
  const [logA, logB, logAT, logBT] = [Math.log(aTx), Math.log(bTx), Math.log(aT), Math.log(bT)];
  const whole = Math.log((least + T) / (least + tx));
  const fall = (least + tx) * (k / aTx + (s + 1) / bTx) - 1; // of ln integrand at v = 0; it only grows steeper
  const width = fall > 0 ? Math.min(whole, NOTHING_LEFT / fall) : whole;
  const { points, weights } = RULES.find(({ most }) => Math.max(fall, k + s, 2) * width <= most)!.rule;
  const alive = Math.exp(-k * (logAT - logA) - s * (logBT - logB));
  let sum = alive;
  let [byR, byAlpha, byS, byBeta] = [-alive * logAT, (-alive * k) / aT, -alive * logBT, (-alive * s) / bT];
  for (let i = 0; i < points.length; i++) {
    const y = (least + tx) * Math.expm1(points[i]! * width);
    const [logY, logZ] = [logA + Math.log1p(y / aTx), logB + Math.log1p(y / bTx)];
    const density = Math.exp(-k * (logY - logA) - s * (logZ - logB)) / (bTx + y);
    const left = s * density * weights[i]! * width * (least + tx + y);
    sum += left;
    byR -= left * logY;
    byAlpha -= (left * k) / (aTx + y);
    byS += left * (1 / s - logZ);
    byBeta -= (left * (s + 1)) / (bTx + y);
  }
  slopes.set([byR / sum, byAlpha / sum, byS / sum, byBeta / sum]);
  return Math.log(sum) - k * logA - s * logB;
}

export function paretoNbd(parameters: ParetoNbd): PurchaseModel {
  const { r, alpha, s, beta } = parameters;
  const unused = new Float64Array(4);
  return {
    alive: (x, tx, T) => {
      const stays = logOfStays(parameters, x, tx, T, unused);
      return Math.min(1, Math.exp(-(r + x) * Math.log(alpha + T) - s * Math.log(beta + T) - stays));
    },
    // (β+T)·(1 − ((β+T)/(β+T+t))^(s−1))/(s−1), which is a logarithm at s = 1.
    purchasesIfAlive: (x, T, t) => {
      const log = Math.log1p(t / (beta + T));
      const stay = s === 1 ? log : -Math.expm1(-(s - 1) * log) / (s - 1);
      return ((r + x) / (alpha + T)) * (beta + T) * stay;
    },
  };
}
