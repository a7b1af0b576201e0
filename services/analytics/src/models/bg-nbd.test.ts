import fc from "fast-check";
import { expect, test } from "vitest";
import { type BgNbd, bgNbd, fitBgNbd, likelihoodOf } from "./bg-nbd.ts";
import { triplesOf } from "./histories.ts";
import { hypergeometric } from "./hypergeometric.ts";
import { expectedOfNew, expectedPurchases } from "./purchase-model.ts";
import { simulateBgNbd } from "./simulate.ts";

const CDNOW: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

// The closed form with ₂F₁ by mpmath 1.3 with 50 digits; the first without its division by what makes it P(alive).
test.each([
  [CDNOW, 2, 38.86, 39, 1.687399305805313],
  [CDNOW, 0, 0, 520, 4.9746178618496595],
  [{ ...CDNOW, alpha: 0.02 }, 0, 0, 52, 15.742020694843058],
  [{ r: 0.9, alpha: 3, a: 1.5, b: 0.4 }, 600, 100, 52, 222.11837390092435],
  [{ r: 2, alpha: 10, a: 40, b: 90 }, 30, 50, 52, 4.0653698805241145],
  [{ r: 0.5, alpha: 5, a: 0.02, b: 1 }, 12, 50, 52, 11.728704370137006],
  [{ r: 0.5, alpha: 5, a: 0.999999, b: 2 }, 3, 50, 52, 2.509495387877697],
  [{ r: 0.5, alpha: 5, a: 1.000001, b: 2 }, 3, 50, 52, 2.5094942599626298],
  [{ r: 0.1, alpha: 1, a: 300, b: 0.05 }, 5, 20, 104, 1.0167673303606188],
])(
  "purchases of %j, x %d, T %d in %d weeks are those of arithmetic in 50 digits",
  (parameters, x, T, t, expected) => {
    expect(bgNbd(parameters).purchasesIfAlive(x, T, t) / expected).toBeCloseTo(1, 8);
  },
);

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
const someParameters = fc.record({ r: positive(5), alpha: positive(50), a: positive(10), b: positive(10) });
const someHistory = fc
  .record({
    x: fc.nat(40),
    age: fc.integer({ min: 2, max: 700 }),
    share: fc.double({ min: 0.2, max: 1, noNaN: true }),
  })
  .map(({ x, age, share }) => ({ x, T: age / 7, tx: x === 0 ? 0 : (age * share) / 7 }));

test("purchases are those of the closed form where it is defined", () => {
  fc.assert(
    fc.property(someParameters, someHistory, fc.integer({ min: 1, max: 300 }), (drawn, { x, T }, t) => {
      const { r, alpha, a, b } = { ...drawn, a: drawn.a + 1.1 }; // c > b, and away from the pole
      const z = t / (alpha + T + t);
      const closed =
        ((a + b + x - 1) / (a - 1)) *
        (1 - (1 - z) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, z));
      expect(bgNbd({ r, alpha, a, b }).purchasesIfAlive(x, T, t) / closed).toBeCloseTo(1, 5);
    }),
  );
});

test("expected purchases rise with the horizon, and fall with silence, as P(alive) does", () => {
  fc.assert(
    fc.property(someParameters, someHistory, positive(200), positive(200), (parameters, history, t, more) => {
      const model = bgNbd(parameters);
      const now = expectedPurchases(model, history, t);
      expect(expectedPurchases(model, history, t + more)).toBeGreaterThanOrEqual(now * (1 - 1e-12)); // long after all have left it stands still
      const silent = { ...history, T: history.T + more };
      expect(expectedPurchases(model, silent, t)).toBeLessThan(now);
      const alive = model.alive(silent.x, silent.tx, silent.T);
      if (history.x > 0) expect(alive).toBeLessThan(model.alive(history.x, history.tx, history.T));
      else expect(alive).toBe(1);
    }),
  );
});

test("a new customer's purchases begin at the mean rate", () => {
  expect(expectedOfNew(bgNbd(CDNOW), 1e-6) / 1e-6).toBeCloseTo(CDNOW.r / CDNOW.alpha, 6);
});

test("the likelihood is that of the formula, customer by customer, and its slopes are those of differences", () => {
  const histories = simulateBgNbd(CDNOW, { customers: 3000, weeks: 78, seed: 0.3 });
  const likelihood = likelihoodOf(triplesOf(histories));
  const at = { r: 0.4, alpha: 6, a: 1.1, b: 2 };
  const gradient = new Float64Array(4);
  const value = likelihood(at, gradient);
  let sum = 0;
  for (let i = 0; i < 3000; i++)
    sum += logOf(at, histories.repeats[i]!, histories.recency[i]! / 7, histories.age[i]! / 7);
  expect(value).toBeCloseTo(sum, 6);
  for (const [i, name] of (["r", "alpha", "a", "b"] as const).entries()) {
    const moved = (step: number) => likelihood({ ...at, [name]: at[name] + step }, new Float64Array(4));
    expect(gradient[i]! / ((moved(1e-5) - moved(-1e-5)) / 2e-5)).toBeCloseTo(1, 6);
  }
});

/** As the paper has it (its equation 6), with the gamma functions of whole numbers apart written as products. */
function logOf({ r, alpha, a, b }: BgNbd, x: number, tx: number, T: number): number {
  let [ways, stays] = [1, 1];
  for (let k = 0; k < x; k++) [ways, stays] = [ways * (r + k), (stays * (b + k)) / (a + b + k)];
  const left = x > 0 ? (a / (b + x - 1)) * (alpha + tx) ** -(r + x) : 0;
  return Math.log(ways) + Math.log(stays) + r * Math.log(alpha) + Math.log((alpha + T) ** -(r + x) + left);
}

test("the fit is the same bits in any order of the customers", () => {
  const { repeats, recency, age } = simulateBgNbd(CDNOW, { customers: 4000, weeks: 52, seed: 0.1 });
  const backwards = { repeats: repeats.toReversed(), recency: recency.toReversed(), age: age.toReversed() };
  expect(fitBgNbd(backwards)).toEqual(fitBgNbd({ repeats, recency, age }));
});

test("what is no history, and a book where nobody bought twice, are refused", () => {
  const one = (x: number, tx: number, T: number) => () =>
    fitBgNbd({ repeats: Int32Array.of(x), recency: Int32Array.of(tx), age: Int32Array.of(T) });
  expect(one(1, 9, 8)).toThrow("is no history");
  expect(one(0, 3, 8)).toThrow("is no history");
  expect(one(2, 0, 8)).toThrow("is no history");
  expect(one(-1, 0, 8)).toThrow("is no history");
  expect(one(0, 0, 8)).toThrow("Nobody bought twice");
});

test("where nobody leaves, or all are alike, the parameters are said not to be settled", () => {
  const regular = Array.from({ length: 200 }, (_, i) => ({ x: 10 + (i % 9), tx: 300 + (i % 5), T: 305 }));
  const alike = Array.from({ length: 3 }, () => ({ x: 3, tx: 30, T: 60 }));
  for (const book of [regular, alike]) {
    const [repeats, recency] = [Int32Array.from(book, ({ x }) => x), Int32Array.from(book, ({ tx }) => tx)];
    const { converged, logLikelihood } = fitBgNbd({
      repeats,
      recency,
      age: Int32Array.from(book, ({ T }) => T),
    });
    expect(converged).toBe(false);
    expect(Number.isFinite(logLikelihood)).toBe(true);
  }
});
