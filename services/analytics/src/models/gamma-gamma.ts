// Gamma-Gamma (Fader and Hardie 2013): purchase values are gamma(p, ν), and ν is gamma(q, γ) over customers, whatever the
// number of purchases. Only repeat purchases go in, so a huge first order says nothing about the next one (R030).
import { digamma, logGamma } from "./log-gamma.ts";
import { minimise } from "./minimise.ts";

export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  readonly gamma: number;
}

export interface ValueFit {
  readonly parameters: GammaGamma;
  readonly logLikelihood: number;
  /** Customers who bought again, and paid. */
  readonly customers: number;
  readonly converged: boolean;
  /** Of the number and the mean value of repeat purchases, among those who bought again. */
  readonly correlation: number;
  /** The model takes the two as independent; above 0.2 its values are not to be trusted. */
  readonly isCorrelated: boolean;
  /** What one purchase of a customer of whom nothing is known is worth; also of one who bought once. */
  readonly populationMean: number;
}

const MOST_CORRELATION = 0.2;

/**
 * Repeat purchases and their mean value. Entries without repeats do not count, nor do those whose repeats were all free: a
 * gamma value is above 0. Any order gives the same bits.
 */
export function fitGammaGamma(repeats: Int32Array, meanValues: Float64Array): ValueFit {
  const data = sorted(repeats, meanValues);
  const customers = data.x.length;
  if (customers === 0)
    throw new RangeError("Nobody bought twice: there is nothing to fit the model of values to.");
  const { point, value, converged } = minimise(
    (logs, gradient) => {
      const sum = logLikelihood(data, parametersOf(logs), gradient);
      for (let i = 0; i < 3; i++) gradient[i]! *= -Math.exp(logs[i]!) / customers;
      return -sum / customers;
    },
    [0, Math.log(2), 0],
  );
  const { p, q, gamma } = parametersOf(point);
  const parameters = { p, q, gamma: gamma * data.unit };
  const correlation = correlationOf(data.x, data.z);
  return {
    parameters,
    logLikelihood: -customers * (value + Math.log(data.unit)), // of densities, so in the currency's unit
    customers,
    converged,
    correlation,
    isCorrelated: correlation > MOST_CORRELATION,
    populationMean: populationMean(parameters, data),
  };
}

/** pγ/(q−1); where the model has no mean, which is for q ≤ 1, the mean of what was bought. */
function populationMean({ p, q, gamma }: GammaGamma, { x, z, unit }: Values): number {
  if (q > 1) return (p * gamma) / (q - 1);
  const sum = x.reduce((total, repeats, i) => total + repeats * z[i]!, 0);
  return (unit * sum) / x.reduce((total, repeats) => total + repeats, 0);
}

/** E[M | x, z̄]: the customer's own mean, drawn towards the population's the more, the less often the customer bought. */
export function expectedValue(
  fit: Pick<ValueFit, "parameters" | "populationMean">,
  x: number,
  meanValue: number,
): number {
  const { p, q, gamma } = fit.parameters;
  if (x === 0 || p * x + q <= 1) return fit.populationMean;
  return (p * (gamma + x * meanValue)) / (p * x + q - 1);
}

/** Values in units of their mean, so that the currency decides nothing. */
interface Values {
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly logZ: Float64Array;
  readonly unit: number;
}

function sorted(repeats: Int32Array, meanValues: Float64Array): Values {
  if (repeats.length !== meanValues.length)
    throw new RangeError("The repeats and the values must be of one length.");
  const chosen = new Map<number, number[]>();
  for (let i = 0; i < repeats.length; i++) {
    const x = repeats[i]!;
    const z = meanValues[i]!;
    if (x === 0 || z === 0) continue;
    if (!(z > 0 && z < Infinity))
      throw new RangeError(`The mean value ${z} of ${x} repeat purchases is below 0.`);
    const same = chosen.get(x);
    if (same) same.push(z);
    else chosen.set(x, [z]);
  }
  const groups = [...chosen].sort(([a], [b]) => a - b);
  const z = groups.map(([, values]) => Float64Array.from(values).sort());
  const x = groups.map(([repeat, values]) => new Float64Array(values.length).fill(repeat));
  const all = concatenated(z);
  const unit = meanOf(all);
  const scaled = all.map((value) => value / unit);
  return { x: concatenated(x), z: scaled, logZ: scaled.map(Math.log), unit };
}

/** Both gamma functions of x are found once for each run of equal x. */
function logLikelihood({ x, z, logZ }: Values, { p, q, gamma }: GammaGamma, gradient: Float64Array): number {
  const perCustomer = q * Math.log(gamma) - logGamma(q);
  const [psiQ, logOfGamma] = [digamma(q), Math.log(gamma)];
  let [sum, byP, byQ, byGamma] = [0, 0, 0, 0];
  let [last, gammas, psiPX, psiPXQ, logX] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const repeats = x[i]!;
    const px = p * repeats;
    if (repeats !== last) {
      last = repeats;
      logX = Math.log(repeats);
      gammas = perCustomer + logGamma(px + q) - logGamma(px);
      [psiPX, psiPXQ] = [digamma(px), digamma(px + q)];
    }
    const total = gamma + repeats * z[i]!;
    const log = Math.log(total);
    sum += gammas + px * (logX + logZ[i]!) - logZ[i]! - (px + q) * log;
    byP += repeats * (psiPXQ - psiPX + logX + logZ[i]! - log);
    byQ += psiPXQ - psiQ + logOfGamma - log;
    byGamma += q / gamma - (px + q) / total;
  }
  gradient.set([byP, byQ, byGamma]);
  return sum;
}

const parametersOf = (logs: Float64Array): GammaGamma => {
  const [p, q, gamma] = logs.map(Math.exp) as unknown as [number, number, number];
  return { p, q, gamma };
};

/** Pearson's; 0 where all have bought equally often, or for the same value. */
function correlationOf(x: Float64Array, z: Float64Array): number {
  const [meanX, meanZ] = [meanOf(x), meanOf(z)];
  let [xz, xx, zz] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xz += (x[i]! - meanX) * (z[i]! - meanZ);
    xx += (x[i]! - meanX) ** 2;
    zz += (z[i]! - meanZ) ** 2;
  }
  return xx > 0 && zz > 0 ? xz / Math.sqrt(xx * zz) : 0;
}

const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
