// BFGS with the inverse Hessian and a weak-Wolfe line search by halving (Lewis and Overton). On npm there are simplex
// searches (fmin: untyped, draws plots) and least squares (ml-levenberg-marquardt); a likelihood of four parameters with its
// gradient at hand needs some twenty evaluations here and hundreds there, and each reads a million customers.

/** Answers with the value at a point, which is of logarithms of parameters, and writes the gradient there. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** False where the objective is flat or without a floor: the data do not settle the parameters. */
  readonly converged: boolean;
}

interface Place {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

const LAST_BITS = 1e-14; // of the value: a step that promises less than a sum's rounding is not worth a reading
const FLAT = 1e-6; // beside the value, where it stopped for another reason
const FARTHEST = Math.log(1e5); // a parameter beyond it is on its way to 0 or infinity, however flat the way
const MOST_ROUNDS = 200;
const MOST_TRIALS = 40;
const LONGEST_STEP = 2; // of the logarithm of a parameter, so that no trial leaves the range of a double

export function minimise(objective: Objective, start: readonly number[]): Minimum {
  const visit = (point: Float64Array): Place => {
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    return { point, gradient, value: Number.isFinite(value) ? value : Infinity };
  };
  let here = visit(Float64Array.from(start));
  let inverse: Float64Array[] | undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const direction = directionOf(inverse, here.gradient);
    const promise = -dot(here.gradient, direction) / 2;
    const next = promise > LAST_BITS * Math.abs(here.value) && search(visit, here, direction);
    if (!next) break;
    inverse = updated(inverse, here, next);
    here = next;
  }
  const isFlat = size(here.gradient) < FLAT * Math.max(1, Math.abs(here.value));
  return { point: here.point, value: here.value, converged: isFlat && size(here.point) < FARTHEST };
}

function search(
  visit: (point: Float64Array) => Place,
  from: Place,
  direction: Float64Array,
): Place | undefined {
  const slope = dot(from.gradient, direction);
  const slack = LAST_BITS * Math.abs(from.value);
  let low = 0;
  let high = Infinity;
  let step = Math.min(1, LONGEST_STEP / size(direction));
  let best: Place | undefined;
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const there = visit(from.point.map((at, i) => at + step * direction[i]!));
    const isLower = there.value <= from.value + 1e-4 * step * slope + slack;
    if (isLower) best = there;
    if (isLower && dot(there.gradient, direction) >= 0.9 * slope) return there;
    if (isLower) low = step;
    else high = step;
    step = high === Infinity ? 2 * step : (low + high) / 2;
    if (step * size(direction) > 4 * LONGEST_STEP || step * size(direction) < 1e-12) break;
  }
  return best;
}

function directionOf(inverse: Float64Array[] | undefined, gradient: Float64Array): Float64Array {
  return gradient.map((slope, i) => -(inverse ? dot(inverse[i]!, gradient) : slope));
}

function updated(
  inverse: Float64Array[] | undefined,
  before: Place,
  after: Place,
): Float64Array[] | undefined {
  const s = after.point.map((at, i) => at - before.point[i]!);
  const y = after.gradient.map((slope, i) => slope - before.gradient[i]!);
  const sy = dot(s, y);
  if (!(sy > 0)) return inverse;
  // The first guess has the curvature just seen (Nocedal and Wright 6.20).
  const h = inverse ?? [...s].map((_, i) => s.map((_at, j) => (i === j ? sy / dot(y, y) : 0)));
  const hy = s.map((_, i) => dot(h[i]!, y));
  const scale = (1 + dot(y, hy) / sy) / sy;
  return h.map((row, i) =>
    row.map((at, j) => at + scale * s[i]! * s[j]! - (hy[i]! * s[j]! + s[i]! * hy[j]!) / sy),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const size = (vector: Float64Array) => vector.reduce((most, at) => Math.max(most, Math.abs(at)), 0);
