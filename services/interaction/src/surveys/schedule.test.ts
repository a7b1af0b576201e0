import { dayIn } from "@guanxi/kit/days";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nextRun } from "./schedule.ts";

const ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "UTC"];
const DAY_MS = 86_400_000;

const hourIn = (zone: string, time: Date) =>
  Number(new Intl.DateTimeFormat("en", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(time));
const number = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

test("R072 the next run is behind now, on a day of the calendar's, at the hour that was said", () => {
  const times = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      times,
      times,
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 4, max: 22 }), // clocks are put forward at night: those hours have a test of their own
      (zone, start, now, intervalDays, sendHour) => {
        const startDate = start.toISOString().slice(0, 10);
        const next = nextRun({ startDate, intervalDays, sendHour }, zone, now);
        expect(next > now).toBe(true);
        const days = number(dayIn(zone)(next)) - number(startDate);
        expect(days).toBeGreaterThanOrEqual(0);
        expect(days % intervalDays).toBe(0);
        expect(hourIn(zone, next)).toBe(sendHour);
        if (start < now)
          expect(next.getTime() - now.getTime()).toBeLessThanOrEqual((intervalDays + 1) * DAY_MS);
      },
    ),
  );
});

const weekly = { startDate: "2026-03-01", intervalDays: 7, sendHour: 9 };

test.for<[string, string, string]>([
  ["before the first day", "2026-01-10T00:00:00Z", "2026-03-01T01:00:00Z"],
  ["on a day of its own, before the hour", "2026-03-08T00:59:59Z", "2026-03-08T01:00:00Z"],
  ["at the very hour", "2026-03-08T01:00:00Z", "2026-03-15T01:00:00Z"],
  ["long after, without making up for what was missed", "2026-11-20T00:00:00Z", "2026-11-22T01:00:00Z"],
])("R072 %s, a survey of every week goes on where it should", ([, now, next]) => {
  expect(nextRun(weekly, "Asia/Shanghai", new Date(now))).toEqual(new Date(next));
});

test("R072 an hour that daylight saving skips is not skipped with it, and one that comes twice is taken once", () => {
  const daily = { startDate: "2026-01-01", intervalDays: 1, sendHour: 2 };
  const spring = nextRun(daily, "Europe/Berlin", new Date("2026-03-28T12:00:00Z"));
  expect(spring).toEqual(new Date("2026-03-29T01:00:00Z"));
  const autumn = nextRun(daily, "Europe/Berlin", new Date("2026-10-24T12:00:00Z"));
  expect(dayIn("Europe/Berlin")(nextRun(daily, "Europe/Berlin", autumn))).toBe("2026-10-26");
});
