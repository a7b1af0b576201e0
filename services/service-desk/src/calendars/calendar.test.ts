import { ServiceCalendar } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar";
import { expect, test } from "vitest";
import { change, create, firstCalendar, openingOf } from "./calendar.ts";
import { present } from "./calendars.ts";
import { openingHours } from "./opening-hours.ts";

const now = new Date("2026-03-01T12:00:00Z");
const birth = { id: "c", now, timeZone: "Asia/Shanghai" };
const first = firstCalendar(birth);
const HOUR = 3_600_000;
const week = (from: string, until: string, timeZone: string) =>
  openingHours({
    timeZone,
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from, until }],
    holidays: [],
    exceptions: [],
  });
const hoursOf = (hours: ReturnType<typeof week>, from: string, until: string) =>
  hours.between(Date.parse(from), Date.parse(until)) / HOUR;

test("every tenant begins with office hours, and they keep the rules", () => {
  expect(openingOf(first).weekMinutes).toBe(5 * 9 * 60);
  expect(create(present(first), birth)).toEqual(first);
});

test("an hour that daylight saving leaves out opens nothing, and one that comes twice is open twice", () => {
  const nights = week("02:00", "03:00", "Europe/Berlin");
  expect(hoursOf(nights, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toBe(0);
  expect(hoursOf(nights, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toBe(2);
  const half = week("01:30", "02:00", "Australia/Lord_Howe"); // their summer ends by half an hour
  expect(hoursOf(half, "2026-04-04T12:00:00Z", "2026-04-05T12:00:00Z")).toBe(1);
});

test("a day of a whole zone's change has 23 or 25 hours", () => {
  const always = week("00:00", "24:00", "America/New_York");
  const day = (from: string, until: string) => hoursOf(always, from, until);
  expect(day("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")).toBe(23);
  expect(always.after(Date.parse("2026-11-01T04:00:00Z"), 25 * HOUR)).toBe(
    Date.parse("2026-11-02T05:00:00Z"),
  );
});

test("what is never open in a century is never due", () => {
  const closed = openingHours({ timeZone: "UTC", hours: [], holidays: [], exceptions: [] });
  expect(closed.after(now.getTime(), 1)).toBeNull();
});

test.for([
  ["service_calendar.time_zone", "UNKNOWN_TIME_ZONE", { timeZone: "Mars/Olympus" }],
  ["service_calendar.time_zone", "UNKNOWN_TIME_ZONE", { timeZone: "+08:00" }],
  [
    "service_calendar.holidays[0].date",
    "UNKNOWN_DATE",
    { holidays: [{ date: { year: 2026, month: 2, day: 30 } }] },
  ],
  [
    "service_calendar.exceptions[0].date",
    "UNKNOWN_DATE",
    { exceptions: [{ date: { year: 2026, month: 13, day: 1 } }] },
  ],
] as const)("%s: %s", ([field, reason, more]) => {
  const sent = ServiceCalendar.fromPartial({ ...present(first), ...more } as never);
  expect(() => create(sent, birth)).toThrow(
    expect.objectContaining({ violations: [expect.objectContaining({ field, reason })] }),
  );
});

test("the zone is the tenant's unless said, and the default one stays it until another is", () => {
  expect(create(ServiceCalendar.fromPartial({ displayName: "x" }), birth).timeZone).toBe("Asia/Shanghai");
  expect(() => change(first, { ...present(first), default: false }, now)).toThrow(
    expect.objectContaining({ violations: [expect.objectContaining({ reason: "DEFAULT" })] }),
  );
});
