// Means over a beta distribution, which is what ₂F₁ is (Euler): ₂F₁(a, b; c; z) = E[(1 − z·p)^−a], p ~ beta(b, c − b).
//
// @stdlib's hyp2f1 is right where it answers, but costs 8 µs a value, answers NaN next to 1 from some 170 purchases on,
// overflows where the factor before it would take it back, and brings 183 packages. A rule made once for a pair (b, c − b)
// serves every a and z.
import { logBeta } from "./log-gamma.ts";

/** Points p of (0, 1) with weights that add up to 1. */
export interface BetaRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const STEP = 1 / 12; // 1e-9 at the usual parameters, 1e-6 from 0.05 to 1000; 1/6 gives 1e-3 there
const NEGLIGIBLE = 1e-19;
const WIDEST = 1.5; // in logits: structure there is π wide, whatever the distribution's own width
const LEAST_POINT = 1e-300; // below 1e-20 what is averaged is constant; the weight is that of the point left out

export function betaRule(a: number, b: number): BetaRule {
  const logWeight = (u: number) => a * u - (a + b) * softplus(u);
  const nodes = trapezoid(logWeight, Math.log(a / b), 1 / a + 1 / b);
  const total = nodes.reduce((sum, [, weight]) => sum + weight, 0);
  return {
    points: Float64Array.from(nodes, ([u]) => Math.max(logistic(u), LEAST_POINT)),
    weights: Float64Array.from(nodes, ([, weight]) => weight / total),
  };
}

/** ₂F₁(a, b; c; z) for a > 0, c > b > 0 and z < 1, as near to 1 as may be. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  if (!(a > 0 && b > 0 && c > b && z < 1))
    throw new RangeError("₂F₁(a, b; c; z) wants a, b > 0, c > b and z < 1.");
  // Pfaff's transformation moves the pole at 1/z, which closes in on the interval from above, to the other side of 0.
  const beta = z > 0 ? c - b : b;
  const logFactor = z > 0 ? -a * Math.log1p(-z) : 0;
  const shift = Math.abs(Math.log1p(-z));
  const log = (u: number) => beta * u - (c - a) * softplus(u) - a * softplus(u + shift);
  // Its own top and not the distribution's: next to 1 the mean is all tail.
  const mode = rootOf((u) => beta - (c - a) * logistic(u) - a * logistic(u + shift));
  const curvature = (c - a) * slopeAt(mode) + a * slopeAt(mode + shift);
  const sum = trapezoid(log, mode, 1 / Math.abs(curvature)).reduce((total, [, weight]) => total + weight, 0);
  return Math.exp(logFactor + log(mode) - logBeta(beta, c - beta)) * sum;
}

/**
 * The trapezoidal rule in v, where logit(p) = mode + deviation·sinh(v): both ends then fall off doubly exponentially, and
 * (1 − zp)^−a is as smooth at z = −10⁶ as at −1, since a factor of p is a shift of its logit.
 */
function trapezoid(
  log: (u: number) => number,
  mode: number,
  variance: number,
): [u: number, weight: number][] {
  const deviation = Math.min(Math.sqrt(variance), WIDEST);
  const top = log(mode);
  const nodes: [u: number, weight: number][] = [];
  const walk = (from: number, step: number) => {
    for (let v = from; ; v += step) {
      const u = mode + deviation * Math.sinh(v);
      const weight = Math.exp(log(u) - top) * deviation * Math.cosh(v) * STEP;
      if (!(weight > NEGLIGIBLE)) return;
      nodes.push([u, weight]);
    }
  };
  walk(0, STEP);
  walk(-STEP, -STEP);
  return nodes;
}

/** Of a falling function, by halving: a thousand logits are more than a double can tell from 0 and 1. */
function rootOf(falling: (u: number) => number): number {
  let low = -1000;
  let high = 1000;
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const logistic = (u: number) => 1 / (1 + Math.exp(-u));
const slopeAt = (u: number) => logistic(u) * logistic(-u);
const softplus = (u: number) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
