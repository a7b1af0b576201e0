import { expect, test } from "vitest";
import { copyOf, firstPlan, nextNight } from "./value-plan.ts";

const plan = (nightlyHour: number) => ({ ...copyOf(firstPlan("t")), nightlyHour });

test.for([
  [
    "the same day where the hour is still to come",
    2,
    "Asia/Shanghai",
    "2026-03-01T17:59:59Z",
    "2026-03-01T18:00:00Z",
  ],
  ["the next day where it is now", 2, "Asia/Shanghai", "2026-03-01T18:00:00Z", "2026-03-02T18:00:00Z"],
  ["midnight", 0, "Asia/Kathmandu", "2026-03-01T18:00:00Z", "2026-03-01T18:15:00Z"],
  [
    "the moment after an hour that is left out",
    2,
    "Europe/Berlin",
    "2026-03-28T12:00:00Z",
    "2026-03-29T01:00:00Z",
  ],
  ["the first of two such hours", 2, "Europe/Berlin", "2026-10-24T22:30:00Z", "2026-10-25T00:00:00Z"],
  ["and not the second one", 2, "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"],
] as const)("R031 the next night: %s", ([, hour, zone, after, meant]) => {
  expect(nextNight(plan(hour), zone, new Date(after))).toEqual(new Date(meant));
});
