import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOf, dateOrNone, dayOf, isDay } from "./days.ts";

test("a day comes back as it was", () => {
  const days = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(days, (time) => {
      const day = time.toISOString().slice(0, 10);
      expect(dayOf(dateOf(day))).toBe(day);
      expect(isDay(dateOf(day))).toBe(true);
    }),
  );
  expect(dateOrNone(null)).toBeUndefined();
});

test.for([
  [2026, 2, 29],
  [2026, 13, 1],
  [2026, 0, 1],
  [2026, 1, 0],
  [0, 1, 1],
  [10_000, 1, 1],
  [-1, 1, 1],
] as const)("%j is no day", ([year, month, day]) => {
  expect(isDay({ year, month, day })).toBe(false);
});
