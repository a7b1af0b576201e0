import { expect, test } from "vitest";
import { dayViolations, sentDay } from "./dates.ts";

test("what is absent stays absent, and a day is written as the database has it", () => {
  expect([sentDay(undefined), dayViolations("open_date", undefined)]).toEqual([null, []]);
  const day = { year: 2026, month: 1, day: 31 };
  expect([sentDay(day), dayViolations("open_date", day)]).toEqual(["2026-01-31", []]);
});

test.for([
  { year: 0, month: 1, day: 31 },
  { year: 2026, month: 1, day: 0 },
  { year: 2026, month: 2, day: 30 },
  { year: 2026, month: 13, day: 1 },
])("what is no day is named: %o", (date) => {
  expect(dayViolations("open_date", date)).toMatchObject([{ field: "open_date", reason: "INVALID_DATE" }]);
});
