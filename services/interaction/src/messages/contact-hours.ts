// When a customer is welcome to be written to.
import { instantOf, localDay } from "@guanxi/import/values/zone";
import type { StoredHours } from "../projections/reach.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The first moment from `now` on within the hours, in the tenant's zone; `now` itself where there are none. */
export function nextWelcome(hours: readonly StoredHours[], timeZone: string, now: Date): Date {
  if (hours.length === 0) return now;
  const first = Date.parse(`${localDay(now.getTime(), timeZone)}T00:00:00Z`);
  const begins = [0, 1, 2, 3, 4, 5, 6, 7]
    .flatMap((offset) => spansOn(hours, first + offset * DAY_MS))
    .map(({ from, until }) => ({ from: instantOf(from, timeZone), until: instantOf(until, timeZone) }))
    .filter(({ until }) => until > now.getTime())
    .map(({ from }) => Math.max(from, now.getTime()));
  return new Date(Math.min(...begins));
}

/** Of a local day, as if it were one of UTC. */
function spansOn(hours: readonly StoredHours[], day: number) {
  const weekday = new Date(day).getUTCDay() || 7;
  return hours
    .filter(({ days }) => days.includes(weekday))
    .map(({ from, until }) => ({
      from: day + minutes(from) * MINUTE_MS,
      until: day + minutes(until) * MINUTE_MS,
    }));
}

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}
