import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOf, dateOrNone, dayIn, dayOf, isDay } from "./days.ts";

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

test("a moment has the day of its zone", () => {
  const time = new Date("2026-01-31T20:00:00Z");
  expect([dayIn("UTC")(time), dayIn("Asia/Shanghai")(time)]).toEqual(["2026-01-31", "2026-02-01"]);
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
