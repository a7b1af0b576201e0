import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOf, dateOrNone, dayOf, dayViolations, sentDay } from "./dates.ts";

test("a day comes back as it was sent", () => {
  const min = new Date("0001-01-01T00:00:00Z");
  const max = new Date("9999-12-31T00:00:00Z");
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(dayOf(dateOf(day))).toBe(day);
      expect(dayViolations("open_date", dateOf(day))).toEqual([]);
    }),
  );
});

test("what is absent stays absent", () => {
  expect([sentDay(undefined), dateOrNone(null), dayViolations("open_date", undefined)]).toEqual([
    null,
    undefined,
    [],
  ]);
});

test.for([
  { year: 0, month: 1, day: 31 },
  { year: 2026, month: 1, day: 0 },
  { year: 2026, month: 2, day: 30 },
  { year: 2026, month: 13, day: 1 },
])("what is no day is named: %o", (date) => {
  expect(dayViolations("open_date", date)).toMatchObject([{ field: "open_date", reason: "INVALID_DATE" }]);
});
