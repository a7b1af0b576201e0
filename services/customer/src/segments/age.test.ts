import { addDays } from "@guanxi/kit/days";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ageOn, birthdayAfter } from "./age.ts";

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("1930-01-01", days));

test("R021 who was born on February 29 turns older on March 1 of other years", () => {
  expect(ageOn("2000-02-29", "2025-02-28")).toBe(24n);
  expect(ageOn("2000-02-29", "2025-03-01")).toBe(25n);
  expect(ageOn("2000-02-29", "2028-02-29")).toBe(28n);
  expect(birthdayAfter("2000-02-29", "2025-01-01")).toBe("2025-03-01");
  expect(birthdayAfter("2000-02-29", "2027-03-01")).toBe("2028-02-29");
  expect(ageOn(null, "2025-02-28")).toBeUndefined();
});

test("R021 an age stays until the next birthday, and is one more on it", () => {
  fc.assert(
    fc.property(day, day, (birthDay, today) => {
      const next = birthdayAfter(birthDay, today);
      expect(next > today).toBe(true);
      expect(ageOn(birthDay, addDays(next, -1))).toBe(ageOn(birthDay, today));
      expect(ageOn(birthDay, next)).toBe(ageOn(birthDay, today)! + 1n);
    }),
  );
});
