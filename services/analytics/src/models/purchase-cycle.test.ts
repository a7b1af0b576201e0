import fc from "fast-check";
import { expect, test } from "vitest";
import { cycleAccuracy, cycleOf, gapsOf, nextPurchase } from "./purchase-cycle.ts";

const days = fc
  .uniqueArray(fc.integer({ min: 20_000, max: 21_000 }), { minLength: 3, maxLength: 30 })
  .map((some) => Int32Array.from(some).sort());

test("R111 the next purchase is the last one and the median gap, within an interval around it", () => {
  const next = nextPurchase(Int32Array.of(100, 110, 140, 160, 170), undefined);
  expect(next).toMatchObject({ isOwn: true, day: 185, earliest: 180, latest: 193 }); // gaps 10, 10, 20, 30
  expect(next!.cycle).toEqual({ medianDays: 15, lowerDays: 10, upperDays: 22.5 });
});

test("R111 two gaps that are alike still leave a quarter of the cycle to either side, and at least a day", () => {
  expect(nextPurchase(Int32Array.of(0, 40, 80), undefined)).toMatchObject({
    day: 120,
    earliest: 110,
    latest: 130,
  });
  expect(nextPurchase(Int32Array.of(0, 1, 2), undefined)).toMatchObject({ day: 3, earliest: 2, latest: 4 });
});

test("R111 who bought less than three times has the segment's cycle, or none", () => {
  const segment = cycleOf([10, 20, 30]);
  expect(nextPurchase(Int32Array.of(100, 102), segment)).toMatchObject({ isOwn: false, day: 122 });
  expect(nextPurchase(Int32Array.of(100), segment)).toMatchObject({ isOwn: false, day: 120 });
  expect(nextPurchase(Int32Array.of(100, 102), undefined)).toBeUndefined();
  expect(cycleOf([])).toBeUndefined();
});

test("R111 the day is in its interval, which begins no sooner than the last purchase", () => {
  fc.assert(
    fc.property(days, (some) => {
      const { day, earliest, latest } = nextPurchase(some, undefined)!;
      expect(earliest).toBeGreaterThanOrEqual(some.at(-1)!);
      expect(day).toBeGreaterThanOrEqual(earliest);
      expect(day).toBeLessThanOrEqual(latest);
      expect(gapsOf(some).reduce((sum, gap) => sum + gap, 0)).toBe(some.at(-1)! - some[0]!);
    }),
  );
});

test("R111 a customer as regular as a clock is foretold to the day, wherever the hold-out begins", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 3, max: 20 }), (cycle, count) => {
      const bought = Int32Array.from({ length: count }, (_, i) => i * cycle);
      const predicted = nextPurchase(bought, undefined)!;
      const accuracy = cycleAccuracy([{ predicted, actual: count * cycle }]);
      expect(accuracy).toEqual({
        predictions: 1,
        purchases: 1,
        hits: 1,
        medianAbsoluteErrorDays: 0,
        biasDays: 0,
      });
    }),
  );
});

test("R111 who did not come is a prediction and no hit", () => {
  const predicted = nextPurchase(Int32Array.of(0, 40, 80), undefined)!;
  expect(
    cycleAccuracy([
      { predicted, actual: 131 },
      { predicted, actual: 130 },
      { predicted, actual: undefined },
    ]),
  ).toEqual({
    predictions: 3,
    purchases: 2,
    hits: 1,
    medianAbsoluteErrorDays: 10.5,
    biasDays: 10.5,
  });
  expect(cycleAccuracy([])).toMatchObject({ predictions: 0, biasDays: undefined });
});
