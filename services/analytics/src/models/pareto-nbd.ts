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
  { most: 0.3, rule: legendreRule(5) },
  { most: 1, rule: legendreRule(7) },
  { most: 3, rule: legendreRule(10) },
  { most: 8, rule: legendreRule(14) },
  { most: Infinity, rule: legendreRule(40) },
];
const NOTHING_LEFT = 40; // e^−40

/**
 * ln of (α+T)^−(r+x)·(β+T)^−s, for who is still there, plus ∫ s·(α+y)^−(r+x)·(β+y)^−(s+1) dy from tₓ to T, for who left at y;
 * with its slopes by r, α, s, β. In v = ln (least+y)/(least+tₓ), least the smaller one of α and β, the integrand is as smooth
 * near its singularity as far from it.
 */
function logOfStays(parameters: ParetoNbd, x: number, tx: number, T: number, slopes: Float64Array): number {
  const { r, alpha, s, beta } = parameters;
  const k = r + x;
  const least = Math.min(alpha, beta) + tx;
  const gap = Math.abs(alpha - beta);
  const { width, rule } = rangeOf(parameters, x, tx, T);
  const growA = Math.log((alpha + T) / (alpha + tx));
  const growB = Math.log((beta + T) / (beta + tx));
  const alive = Math.exp(-k * growA - s * growB);
  let [sum, byR, byAlpha, byS, byBeta] = [
    alive,
    alive * growA,
    alive / (alpha + T),
    alive * growB,
    (alive * s) / (beta + T),
  ];
  for (let i = 0; i < rule.points.length; i++) {
    const v = rule.points[i]! * width;
    const y = least * Math.exp(v); // the smaller one of α + y and β + y, and the larger one is y + gap
    const other = Math.log((y + gap) / (least + gap));
    const isLeast = alpha <= beta;
    const density = Math.exp(isLeast ? -k * v - s * other : -k * other - s * v);
    const perB = 1 / (isLeast ? y + gap : y);
    const left = s * density * perB * y * rule.weights[i]! * width;
    sum += left;
    byR += left * (isLeast ? v : other);
    byAlpha += left / (isLeast ? y : y + gap);
    byS += left * ((isLeast ? other : v) - 1 / s);
    byBeta += left * (s + 1) * perB;
  }
  const [logA, logB] = [Math.log(alpha + tx), Math.log(beta + tx)];
  slopes[0] = -logA - byR / sum;
  slopes[1] = (-k * byAlpha) / sum;
  slopes[2] = -logB - byS / sum;
  slopes[3] = -byBeta / sum;
  return Math.log(sum) - k * logA - s * logB;
}

function rangeOf({ r, alpha, s, beta }: ParetoNbd, x: number, tx: number, T: number) {
  const least = Math.min(alpha, beta);
  const whole = Math.log((least + T) / (least + tx));
  const fall = (least + tx) * ((r + x) / (alpha + tx) + (s + 1) / (beta + tx)) - 1; // of ln integrand at v = 0; then steeper
  const width = fall > 0 ? Math.min(whole, NOTHING_LEFT / fall) : whole;
  const steps = Math.max(fall, r + x + s, 2) * width;
  return { width, rule: RULES.find(({ most }) => steps <= most)!.rule };
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
