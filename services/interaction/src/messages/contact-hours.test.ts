import fc from "fast-check";
import { expect, test } from "vitest";
import { nextWelcome } from "./contact-hours.ts";

const weekdays = [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "18:00" }];
const next = (now: string, hours = weekdays, zone = "Asia/Shanghai") =>
  nextWelcome(hours, zone, new Date(now)).toISOString();

test("R005 within the hours is now, outside of them the next beginning, by the tenant's clock", () => {
  expect(next("2026-11-20T02:00:00.000Z")).toBe("2026-11-20T02:00:00.000Z"); // Friday 10:00
  expect(next("2026-11-20T10:00:00.000Z")).toBe("2026-11-23T01:00:00.000Z"); // Friday 18:00: the end is outside
  expect(next("2026-11-22T15:59:00.000Z")).toBe("2026-11-23T01:00:00.000Z"); // Sunday 23:59
  expect(next("2026-11-22T23:00:00.000Z", [])).toBe("2026-11-22T23:00:00.000Z");
});

test("R005 the hours are those of the wall, also on the day when clocks change", () => {
  const sunday = [{ days: [7], from: "09:00", until: "24:00" }];
  expect(next("2026-03-08T05:00:00.000Z", sunday, "America/New_York")).toBe("2026-03-08T13:00:00.000Z");
  expect(next("2026-11-01T04:00:00.000Z", sunday, "America/New_York")).toBe("2026-11-01T14:00:00.000Z");
});

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const spans = fc.array(
  fc
    .record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), from: clock })
    .map((span) => ({ ...span, until: "24:00" })),
  { minLength: 1, maxLength: 3 },
);

test("R005 from any moment the wait ends within eight days, at a moment that is welcome itself", () => {
  const moments = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
  const zones = fc.constantFrom("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC");
  fc.assert(
    fc.property(spans, zones, moments, (hours, zone, now) => {
      const due = nextWelcome(hours, zone, now);
      expect(due.getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect(due.getTime() - now.getTime()).toBeLessThan(8 * 86_400_000);
      expect(nextWelcome(hours, zone, due)).toEqual(due);
    }),
  );
});
