import { moneyOf } from "@guanxi/kit/micros";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isTooLarge, readMicros } from "./money.ts";

const amounts = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });

test("an amount comes back as it was", () => {
  fc.assert(
    fc.property(amounts, (micros) => {
      expect(readMicros(moneyOf(micros, "CNY"))).toBe(micros);
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
  expect(readMicros({ currencyCode: "CNY", units, nanos })).toBeTypeOf("string");
});

test("a trillion is too large", () => {
  expect(isTooLarge(10n ** 18n - 1n)).toBe(false);
  expect(isTooLarge(10n ** 18n)).toBe(true);
  expect(isTooLarge(-(10n ** 18n))).toBe(true);
});
