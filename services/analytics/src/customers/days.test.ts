import fc from "fast-check";
import { expect, test } from "vitest";
import { askedDay, dateOf, dayOf } from "./days.ts";

test("a day comes back as it was sent", () => {
  const min = new Date("0001-01-01T00:00:00Z");
  const max = new Date("9999-12-31T00:00:00Z");
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
      const day = date.toISOString().slice(0, 10);
      expect(dayOf(dateOf(day))).toBe(day);
      expect(askedDay(dateOf(day), "start_date")).toBe(day);
    }),
  );
});

test.for([
  { year: 0, month: 1, day: 31 },
  { year: 2026, month: 0, day: 0 },
  { year: 2026, month: 2, day: 30 },
  { year: 2026, month: 13, day: 1 },
  { year: -1, month: 1, day: 1 },
  { year: 10000, month: 1, day: 1 },
])("what is no day is refused: %o", (date) => {
  expect(() => askedDay(date, "start_date")).toThrow(
    expect.objectContaining({ violations: [expect.objectContaining({ field: "start_date" })] }),
  );
});

test("what was left out is no limit", () => {
  expect(askedDay(undefined, "end_date")).toBeNull();
});
