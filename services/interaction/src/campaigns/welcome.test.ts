import { expect, test } from "vitest";
import { firstAllowed } from "./welcome.ts";

const NIGHT = { quietFrom: "21:00", quietUntil: "08:00", timeZone: "America/New_York" };
const office = [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "21:30" }];
// In winter it is 13 hours later in Shanghai than in New York.
const allowed = (hours: typeof office, from: string) =>
  firstAllowed(hours, "Asia/Shanghai", NIGHT, new Date(from)).toISOString();

test("R125 contact hours of the company's day do not lead into the quiet hours of the member's", () => {
  // Monday 09:00 in Shanghai is Sunday 20:00 in New York: welcome, and loud.
  expect(allowed(office, "2026-01-11T20:00:00Z")).toBe("2026-01-12T01:00:00.000Z");
  // An hour and a half later it is quiet there until 08:00, which is 21:00 in Shanghai.
  expect(allowed(office, "2026-01-12T02:30:00Z")).toBe("2026-01-12T13:00:00.000Z");
  expect(allowed([], "2026-01-12T02:30:00Z")).toBe("2026-01-12T13:00:00.000Z");
});

test("R125 where all contact hours are quiet ones the message waits until the quiet hours end, and no longer", () => {
  const morning = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "11:00", until: "12:00" }];
  expect(allowed(morning, "2026-01-12T03:30:00Z")).toBe("2026-01-12T13:00:00.000Z");
  expect(allowed(morning, "2026-01-12T13:00:00Z")).toBe("2026-01-12T13:00:00.000Z");
});
