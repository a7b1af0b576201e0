import fc from "fast-check";
import { expect, test } from "vitest";
import { divide, isTooLarge, microsOf, moneyOf } from "./money.ts";

const amounts = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });

test("an amount comes back as it was", () => {
  fc.assert(
    fc.property(amounts, (micros) => {
      expect(microsOf(moneyOf(micros, "CNY"))).toBe(micros);
    }),
  );
});

test.for([
  [0n, 1],
  [1n, 999_999_999],
  [1n, -1000],
  [-1n, 1000],
  [0n, 1_000_000_000],
  [1_000_000_000_000n, 0],
  [-1_000_000_000_000n, 0],
] as const)("%s units and %s nanos are no amount", ([units, nanos]) => {
  expect(microsOf({ currencyCode: "CNY", units, nanos })).toBeTypeOf("string");
});

test("a trillion is too large", () => {
  expect(isTooLarge(10n ** 18n - 1n)).toBe(false);
  expect(isTooLarge(10n ** 18n)).toBe(true);
  expect(isTooLarge(-(10n ** 18n))).toBe(true);
});

test("halves go away from zero, and nothing is further than half from the truth", () => {
  expect([5n, 4n, -5n, -4n, 15n].map((each) => divide(each, 10n))).toEqual([1n, 0n, -1n, 0n, 2n]);
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
      const rest = dividend - divide(dividend, divisor) * divisor;
      expect(2n * rest <= divisor && 2n * rest >= -divisor).toBe(true);
      expect(divide(-dividend, divisor)).toBe(-divide(dividend, divisor));
    }),
  );
});
