import fc from "fast-check";
import { expect, test } from "vitest";
import { fitParetoNbd, type ParetoNbd, paretoNbd } from "./pareto-nbd.ts";
import { expectedPurchases } from "./purchase-model.ts";
import { hypergeometric } from "./hypergeometric.ts";
import { simulateParetoNbd } from "./simulate.ts";

const CDNOW: ParetoNbd = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };

// The integral over the time of leaving by mpmath 1.3 with 50 digits.
test.each([
  [CDNOW, 26, 30.86, 31, 0.9979187310551582],
  [CDNOW, 0, 0, 38.86, 0.29528660461689415],
  [CDNOW, 2, 30.43, 38.86, 0.8691675591530111],
  [{ r: 0.2, alpha: 0.05, s: 0.4, beta: 3 }, 0, 0, 250, 0.0882469984540348],
  [{ r: 1.5, alpha: 40, s: 3, beta: 0.5 }, 5, 2, 100, 7.1992483798559355e-9],
  [{ r: 0.5, alpha: 18, s: 1.2, beta: 173 }, 400, 200.9, 201.1, 0.9992255624095804],
  [{ r: 0.8, alpha: 2, s: 1, beta: 2 }, 40, 30, 52, 1.3255197712414221e-8],
  [{ r: 5, alpha: 20, s: 0.05, beta: 100 }, 100, 10, 12, 0.8971474148854021],
])(
  "P(alive) of %j, x %d, tx %d, T %d is that of arithmetic in 50 digits",
  (parameters, x, tx, T, expected) => {
    expect(paretoNbd(parameters).alive(x, tx, T) / expected).toBeCloseTo(1, 8);
  },
);

const positive = (max: number) => fc.double({ min: 0.05, max, noNaN: true });
const someParameters = fc.record({ r: positive(5), alpha: positive(50), s: positive(5), beta: positive(50) });
const someHistory = fc
  .record({ x: fc.nat(40), T: positive(100), share: fc.double({ min: 0.2, max: 0.9, noNaN: true }) })
  .map(({ x, T, share }) => ({ x, T, tx: x === 0 ? 0 : T * share }));

test("P(alive) is that of the paper's closed form with ₂F₁", () => {
  fc.assert(
    fc.property(someParameters, someHistory, ({ r, alpha, s, beta }, { x, tx, T }) => {
      const k = r + x;
      const [large, second] = alpha >= beta ? [alpha, s + 1] : [beta, k];
      const part = (t: number) => {
        const z = Math.abs(alpha - beta) / (large + t);
        return ((large + T) / (large + t)) ** (k + s) * hypergeometric(k + s, second, k + s + 1, z);
      };
      const alive = (alpha + T) ** -k * (beta + T) ** -s * (large + T) ** (k + s);
      const left = (s / (k + s)) * (part(tx) - part(T));
      // The difference has lost the digits that both parts have in common.
      const digits = 1e-7 * (1 + part(T) / alive) + 1e-7;
      expect(
        Math.abs(paretoNbd({ r, alpha, s, beta }).alive(x, tx, T) * (1 + left / alive) - 1),
      ).toBeLessThan(digits * (1 + left / alive));
    }),
  );
});

test("expected purchases rise with the horizon, and P(alive) falls with silence", () => {
  fc.assert(
    fc.property(someParameters, someHistory, positive(200), positive(200), (parameters, history, t, more) => {
      const model = paretoNbd(parameters);
      const { x, tx, T } = history;
      const now = expectedPurchases(model, history, t);
      expect(expectedPurchases(model, history, t + more)).toBeGreaterThanOrEqual(now * (1 - 1e-12));
      expect(model.alive(x, tx, T + more)).toBeLessThan(model.alive(x, tx, T));
    }),
  );
});

test("at s = 1 the expected purchases are those of its neighbours", () => {
  const [below, at, above] = [1 - 1e-7, 1, 1 + 1e-7].map((s) =>
    paretoNbd({ ...CDNOW, s }).purchasesIfAlive(3, 20, 52),
  );
  expect(at).toBeCloseTo((below! + above!) / 2, 9);
});

test("the fit is the same bits in any order of the customers", () => {
  const { repeats, recency, age } = simulateParetoNbd(CDNOW, { customers: 2000, weeks: 52, seed: 0.1 });
  const backwards = { repeats: repeats.toReversed(), recency: recency.toReversed(), age: age.toReversed() };
  expect(fitParetoNbd(backwards)).toEqual(fitParetoNbd({ repeats, recency, age }));
});
