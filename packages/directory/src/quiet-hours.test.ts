import fc from "fast-check";
import { expect, test } from "vitest";
import { firstLoud, isQuiet, zoneOf } from "./quiet-hours.ts";

const ZONES = [
  "Asia/Shanghai",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "UTC",
];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** By Intl alone, and not by the module that is tested. */
function timeOfDay(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
  const [hour = 0, minute = 0] = parts.split(":").map(Number);
  return hour * HOUR_MS + minute * MINUTE_MS;
}

const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);

// Around both changes of clocks of 2026 in the zones that have them, and anywhere else.
const CHANGES = [
  "2026-03-29T01:00:00Z",
  "2026-10-25T01:00:00Z",
  "2026-03-08T07:00:00Z",
  "2026-11-01T06:00:00Z",
  "2026-04-04T15:00:00Z",
  "2026-10-03T15:30:00Z",
];
const moments = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -36 * 60, max: 36 * 60 }))
    .map(([change, minutes]) => Date.parse(change) + minutes * MINUTE_MS),
  fc
    .integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-01-01") })
    .map((at) => at - (at % MINUTE_MS)),
);

test("R125 nothing leaves in the quiet hours of the member's own day, and nothing waits longer than they last", () => {
  fc.assert(
    fc.property(clocks, clocks, fc.constantFrom(...ZONES), moments, (quietFrom, quietUntil, zone, at) => {
      const hours = { quietFrom, quietUntil };
      const loud = firstLoud(hours, zone, new Date(at)).getTime();
      expect(loud).toBeGreaterThanOrEqual(at);
      expect(isQuiet(hours, timeOfDay(loud, zone))).toBe(false);
      for (let before = at; before < loud; before += MINUTE_MS)
        if (!isQuiet(hours, timeOfDay(before, zone)))
          throw new Error(`${new Date(before).toISOString()} was not quiet`);
    }),
    { numRuns: 150 },
  );
});

test("R125 at half past ten in Shanghai a message waits until eight, in Berlin it leaves at once", () => {
  const hours = { quietFrom: "21:00", quietUntil: "08:00" };
  const now = new Date("2026-06-01T14:30:00Z");
  expect(firstLoud(hours, "Asia/Shanghai", now)).toEqual(new Date("2026-06-02T00:00:00Z"));
  expect(firstLoud(hours, "Europe/Berlin", now)).toEqual(now);
  expect(firstLoud({ quietFrom: "", quietUntil: "" }, "Asia/Shanghai", now)).toEqual(now);
  expect(firstLoud({ quietFrom: "08:00", quietUntil: "08:00" }, "Asia/Shanghai", now)).toEqual(now);
});

test("a zone that there is not is the tenant's", () => {
  expect([zoneOf("", "UTC"), zoneOf("Mars/Olympus", "UTC"), zoneOf("Asia/Tokyo", "UTC")]).toEqual([
    "UTC",
    "UTC",
    "Asia/Tokyo",
  ]);
});
