import fc from "fast-check";
import { expect, test } from "vitest";
import { expectedValue, fitGammaGamma } from "./gamma-gamma.ts";
import { simulateBgNbd, simulateValues } from "./simulate.ts";

const TRUTH = { p: 6.25, q: 3.74, gamma: 15.44 };
const { repeats } = simulateBgNbd(
  { r: 0.5, alpha: 5, a: 0.8, b: 2.4 },
  { customers: 20_000, weeks: 78, seed: 0.2 },
);
const values = simulateValues(TRUTH, { repeats, recency: repeats, age: repeats }, 0.6);
const fit = fitGammaGamma(repeats, values);

test("the mean value of the population is found again", () => {
  expect(fit.converged).toBe(true);
  expect(fit.populationMean / ((TRUTH.p * TRUTH.gamma) / (TRUTH.q - 1))).toBeCloseTo(1, 1);
  expect(fit.isCorrelated).toBe(false);
});

test("the fit is the same bits in any order of the customers", () => {
  expect(fitGammaGamma(repeats.toReversed(), values.toReversed())).toEqual(fit);
});

test("money in another unit changes the values by its rate and nothing else", () => {
  const cents = fitGammaGamma(
    repeats,
    values.map((value) => value * 100),
  );
  expect(cents.parameters.p / fit.parameters.p).toBeCloseTo(1, 7);
  expect(cents.parameters.q / fit.parameters.q).toBeCloseTo(1, 7);
  expect(cents.populationMean / fit.populationMean).toBeCloseTo(100, 5);
  expect(expectedValue(cents, 3, 5000) / expectedValue(fit, 3, 50)).toBeCloseTo(100, 5);
});

test("a customer's value lies between their own mean and the population's, nearer to their own the more they bought", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      (x, mean) => {
        const [few, more] = [expectedValue(fit, x, mean), expectedValue(fit, x + 1, mean)];
        expect(Math.abs(few - mean)).toBeLessThanOrEqual(Math.abs(fit.populationMean - mean));
        expect(Math.abs(more - mean)).toBeLessThanOrEqual(Math.abs(few - mean) * (1 + 1e-12));
      },
    ),
  );
});

test("who bought once is worth what the population is worth", () => {
  expect(expectedValue(fit, 0, 1e9)).toBe(fit.populationMean);
});

test("values that rise with the number of purchases are warned of", () => {
  const risen = values.map((value, i) => value * (1 + repeats[i]!));
  const { correlation, isCorrelated } = fitGammaGamma(repeats, risen);
  expect(correlation).toBeGreaterThan(0.2);
  expect(isCorrelated).toBe(true);
});

test("a value below 0, and a book without repeats, are refused", () => {
  expect(() => fitGammaGamma(Int32Array.of(2), Float64Array.of(-1))).toThrow("below 0");
  expect(() => fitGammaGamma(Int32Array.of(0), Float64Array.of(9))).toThrow("Nobody bought twice");
});

test("values without a mean in the model have the mean of what was bought", () => {
  const heavy = simulateValues({ p: 3, q: 0.7, gamma: 10 }, { repeats, recency: repeats, age: repeats }, 0.4);
  const { parameters, populationMean } = fitGammaGamma(repeats, heavy);
  expect(parameters.q).toBeLessThan(1);
  const [sum, count] = heavy.reduce(([s, n], z, i) => [s + z * repeats[i]!, n + repeats[i]!] as const, [
    0, 0,
  ] as readonly [number, number]);
  expect(populationMean / (sum / count)).toBeCloseTo(1, 9);
});

test("repeats that were free leave the fit as it was", () => {
  const free = [Int32Array.of(...repeats, 4), Float64Array.of(...values, 0)] as const;
  expect(fitGammaGamma(...free)).toEqual(fit);
});

test("where all values are alike, the parameters are said not to be settled", () => {
  const { converged, populationMean } = fitGammaGamma(Int32Array.of(1, 2, 3), Float64Array.of(5, 5, 5));
  expect(converged).toBe(false);
  expect(populationMean).toBeCloseTo(5, 3);
});
