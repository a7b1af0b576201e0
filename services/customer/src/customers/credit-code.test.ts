import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDigitOf, isCreditCode } from "./credit-code.ts";

const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const beginning = fc
  .array(fc.constantFrom(...SIGNS), { minLength: 17, maxLength: 17 })
  .map((signs) => signs.join(""));

// The first is the example of GB 32100, the others belong to companies that everybody knows.
test.for(["91350100M000100Y43", "914403001922038216", "91110000802100433B", "9144030071526726XG"])(
  "R008 %s is a credit code",
  (code) => {
    expect(isCreditCode(code)).toBe(true);
  },
);

test("R008 any wrong sign breaks a code", () => {
  fc.assert(
    fc.property(beginning, fc.nat(16), fc.constantFrom(...SIGNS), (start, place, sign) => {
      const code = start + checkDigitOf(start);
      const wrong = code.slice(0, place) + sign + code.slice(place + 1);
      expect(isCreditCode(code)).toBe(true);
      expect(isCreditCode(wrong)).toBe(wrong === code);
    }),
  );
});

test("R008 what cannot begin a code has no check digit", () => {
  expect(checkDigitOf("91350100I000100Y4")).toBeUndefined();
  expect(checkDigitOf("913501")).toBeUndefined();
  expect(isCreditCode("91110000802100433b")).toBe(false);
  expect(isCreditCode("")).toBe(false);
});
