import { expect, test } from "vitest";
import { isTooSoon } from "./fatigue.ts";

const shanghai = { timeZone: "Asia/Shanghai" };

test("R072 a survey of every thirty days and a limit of thirty days ask every thirty days, a second early or late", () => {
  const asked = new Date("2026-03-01T09:00:07+08:00");
  expect(isTooSoon(asked, 30, { ...shanghai, today: "2026-03-30" })).toBe(true);
  expect(isTooSoon(asked, 30, { ...shanghai, today: "2026-03-31" })).toBe(false);
  const berlin = { timeZone: "Europe/Berlin", today: "2026-03-31" }; // daylight saving began on the 29th
  expect(isTooSoon(asked, 30, berlin)).toBe(false);
});

test("R072 the day of an ask is the one on the wall of the tenant, and no limit is none", () => {
  const late = new Date("2026-03-01T23:30:00Z");
  expect(isTooSoon(late, 1, { timeZone: "UTC", today: "2026-03-02" })).toBe(false);
  expect(isTooSoon(late, 1, { ...shanghai, today: "2026-03-02" })).toBe(true);
  expect(isTooSoon(late, 0, { ...shanghai, today: "2026-03-02" })).toBe(false);
});
