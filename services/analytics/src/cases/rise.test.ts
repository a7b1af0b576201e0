import fc from "fast-check";
import { expect, test } from "vitest";
import { riseOf } from "./rise.ts";

/** Σ C(n + S, i) p^i q^(n + S − i) from n on, term by term in whole numbers: p is 1 / (k + 1). */
function chance(count: number, sum: number, weeks: number): number {
  const all = count + sum;
  let hits = 0n;
  for (let some = count; some <= all; some += 1)
    hits += choose(all, some) * BigInt(weeks) ** BigInt(all - some);
  return Number((hits * 10n ** 15n) / BigInt(weeks + 1) ** BigInt(all)) / 1e15;
}

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i += 1) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

test("R085 the limit is the least count, 5 at least, that chance reaches once in 1,000 weeks or less", () => {
  const week = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(
      fc.array(week, { minLength: 4, maxLength: 8 }),
      fc.integer({ min: 0, max: 40 }),
      (before, count) => {
        const { limitCount, expectedCount, rising } = riseOf(count, before);
        const sum = before.reduce((a, b) => a + b, 0);
        expect(expectedCount).toBe(sum / before.length);
        expect(rising).toBe(count >= limitCount);
        expect(chance(limitCount, sum, before.length)).toBeLessThanOrEqual(0.001);
        if (limitCount > 5) expect(chance(limitCount - 1, sum, before.length)).toBeGreaterThan(0.001);
      },
    ),
  );
});

test("R085 before four weeks are known nothing is a rise, and thousands a week are no burden", () => {
  expect(riseOf(100, [1, 1, 1])).toEqual({ count: 100, expectedCount: 1, limitCount: 0, rising: false });
  expect(riseOf(9, [0, 0, 0, 0]).rising).toBe(true);
  const { limitCount } = riseOf(
    0,
    Array.from({ length: 8 }, () => 10_000),
  );
  expect(limitCount).toBeGreaterThan(10_300);
  expect(limitCount).toBeLessThan(10_400);
});
