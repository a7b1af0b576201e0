import { expect, test } from "vitest";
import { amountViolations, moneyOrNone, sentMicros } from "./amounts.ts";

const yuan = (units: bigint, nanos = 0) => ({ currencyCode: "CNY", units, nanos });

test.for([
  ["UNKNOWN_CURRENCY", { ...yuan(1n), currencyCode: "" }],
  ["UNKNOWN_CURRENCY", { ...yuan(1n), currencyCode: "XQX" }],
  ["CURRENCY_MISMATCH", { ...yuan(1n), currencyCode: "USD" }],
  ["INVALID_AMOUNT", yuan(1n, -1000)],
  ["INVALID_AMOUNT", yuan(0n, 1)],
  ["INVALID_AMOUNT", yuan(-1n)],
  ["INVALID_AMOUNT", yuan(0n, -1000)],
] as const)("%s: %o", ([reason, money]) => {
  expect(amountViolations("amount", money, "CNY")).toMatchObject([{ field: "amount", reason }]);
});

test("an amount is kept in millionths, and none stays none", () => {
  expect(amountViolations("amount", yuan(12n, 500_000_000))).toEqual([]);
  expect(sentMicros(yuan(12n, 500_000_000))).toBe(12_500_000n);
  expect(moneyOrNone(12_500_000n, "CNY")).toEqual(yuan(12n, 500_000_000));
  expect([amountViolations("amount", undefined), sentMicros(undefined), moneyOrNone(null, "CNY")]).toEqual([
    [],
    null,
    undefined,
  ]);
});
