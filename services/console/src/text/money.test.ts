import fc from "fast-check";
import { expect, test } from "vitest";
import { moneyOf, typedOf } from "./money.ts";

test("what was typed is sent to the cent, however large", () => {
  expect(moneyOf("12345678901234567.89", "CNY")).toEqual({
    currencyCode: "CNY",
    units: "12345678901234567",
    nanos: 890_000_000,
  });
  expect(moneyOf("007", "CNY")).toEqual({ currencyCode: "CNY", units: "7", nanos: 0 });
  expect(moneyOf("-0.5", "CNY")).toEqual({ currencyCode: "CNY", units: "0", nanos: -500_000_000 });
  for (const nothing of ["", " ", null, undefined, "abc", "1,000", "1e3"])
    expect(moneyOf(nothing, "CNY")).toBeUndefined();
});

test("what is stored is typed back the same", () => {
  for (const typed of ["0", "0.5", "1234.5", "-1.75", "-0.5", "99999999999999999", "0.000000001"])
    expect(typedOf(moneyOf(typed, "CNY"))).toBe(typed);
  expect(typedOf(undefined)).toBe("");
});

test("money is what was written, to the cent", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 99 }), (units, cents) => {
      const written = `${units}.${String(cents).padStart(2, "0")}`;
      const money = { currencyCode: "CNY", units: String(units), nanos: cents * 10_000_000 };
      expect(moneyOf(written, "CNY")).toEqual(money);
    }),
  );
});
