import fc from "fast-check";
import { expect, test } from "vitest";
import { microsOf } from "./field-definitions/custom-values.ts";
import { decimalOf, microsOfMoney, moneyOf } from "./money.ts";

const micros = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });

test("an amount comes back as it was", () => {
  fc.assert(
    fc.property(micros, (amount) => {
      expect(microsOfMoney(moneyOf(amount, "CNY"))).toBe(amount);
      expect(microsOf(decimalOf(amount))).toBe(amount);
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
});
