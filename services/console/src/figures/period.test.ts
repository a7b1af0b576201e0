import dayjs from "dayjs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { daysOf, keyOf, monthsOf, spanBefore, spanOf } from "./period.ts";
import { figuresSearch, PERIODS } from "./search.ts";

const today = dayjs("2026-11-22T15:04:05");

test.each([
  [{}, "2025-12-01/2026-11-23", "2024-12-01/2025-11-23"],
  [{ period: "year" }, "2026-01-01/2026-11-23", "2025-01-01/2025-11-23"],
  [{ period: "quarter" }, "2026-10-01/2026-11-23", "2026-07-01/2026-08-23"],
  [{ period: "month" }, "2026-11-01/2026-11-23", "2026-10-01/2026-10-23"],
  [
    { period: "custom", from: "2026-03-01", to: "2026-03-10" },
    "2026-03-01/2026-03-11",
    "2026-02-19/2026-03-01",
  ],
  [
    { period: "custom", from: "2026-03-10", to: "2026-03-01" },
    "2026-11-01/2026-11-23",
    "2026-10-10/2026-11-01",
  ],
] as const)("%j is %s, after %s", (search, now, before) => {
  const span = spanOf(search, today);
  expect(keyOf(span)).toBe(now);
  expect(keyOf(spanBefore(search, span)!)).toBe(before);
});

test("all time has no days, nothing before it, and asks for none", () => {
  const span = spanOf({ period: "all" }, today);
  expect([keyOf(span), spanBefore({ period: "all" }, span), daysOf(span), monthsOf(span)]).toEqual([
    "/",
    undefined,
    {},
    [],
  ]);
});

test("the contract's parts of a date, and the months that a span touches", () => {
  const span = spanOf({ period: "quarter" }, today);
  expect(daysOf(span)).toEqual({
    "startDate.year": 2026,
    "startDate.month": 10,
    "startDate.day": 1,
    "endDate.year": 2026,
    "endDate.month": 11,
    "endDate.day": 23,
  });
  expect(monthsOf(span)).toEqual(["2026-10", "2026-11"]);
});

test("what is compared ends before what it is compared with, on any day", () => {
  const days = fc.date({ min: new Date("2020-01-01"), max: new Date("2032-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.constantFrom(...PERIODS.filter((each) => each !== "all")), (day, period) => {
      const span = spanOf({ period }, dayjs(day));
      const before = spanBefore({ period }, span)!;
      expect(before.from!.isBefore(before.until)).toBe(true);
      expect(before.until!.isAfter(span.from)).toBe(false);
    }),
  );
});

test("whatever stands in the address, what is taken from it can be used", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("tab", "period", "from", "to", "by", "filter", "x"), fc.anything()),
      (search) => {
        const found = figuresSearch(search);
        expect(figuresSearch({ ...found })).toEqual(found);
        expect(Object.values(found)).not.toContain(undefined);
        spanOf(found, today);
      },
    ),
  );
});
