import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalOf, divide, microsOf, microsOfDecimal, moneyOf } from "./micros.ts";

const micros = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });

test("an amount comes back as it was", () => {
  fc.assert(
    fc.property(micros, (amount) => {
      expect(microsOf(moneyOf(amount, "CNY"))).toBe(amount);
      expect(microsOfDecimal(decimalOf(amount))).toBe(amount);
    }),
  );
});

test.for([
  [12_500_000n, "12.5"],
  [-1n, "-0.000001"],
  [0n, "0"],
  [-2_000_000n, "-2"],
] as const)("%s millionths are %s", ([amount, text]) => {
  expect(decimalOf(amount)).toBe(text);
  expect(microsOfDecimal(text)).toBe(amount);
});

test.for(["", "-", ".5", "1e3", "0.1234567"])("%j is no decimal number", (text) => {
  expect(() => microsOfDecimal(text)).toThrow("no decimal number");
});

test("halves go away from zero, and nothing is further than half from the truth", () => {
  expect([5n, 4n, -5n, -4n, 15n].map((each) => divide(each, 10n))).toEqual([1n, 0n, -1n, 0n, 2n]);
  fc.assert(
    fc.property(micros, fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
      const rest = dividend - divide(dividend, divisor) * divisor;
      expect(2n * rest <= divisor && 2n * rest >= -divisor).toBe(true);
      expect(divide(-dividend, divisor)).toBe(-divide(dividend, divisor));
    }),
  );
});
