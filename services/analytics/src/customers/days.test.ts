import { expect, test } from "vitest";
import { askedDay } from "./days.ts";

test("a day is written as the database has it", () => {
  expect(askedDay({ year: 2026, month: 1, day: 31 }, "start_date")).toBe("2026-01-31");
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
