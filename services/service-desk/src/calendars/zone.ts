// What a zone's clocks show: stretches of time with one distance to UTC.
import { Temporal } from "temporal-polyfill";

/** From `start` until before `end`, in milliseconds since 1970, local time is UTC and `offset`. */
export interface ZoneStretch {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

// Asking for a transition searches: about a tenth of a millisecond each. Two a year and zone are worth keeping, no more.
const MOST_ZONES = 100;
const MOST_STRETCHES = 500;
const known = new Map<string, ZoneStretch[]>();

export function stretchAt(timeZone: string, time: number): ZoneStretch {
  let stretches = known.get(timeZone);
  if (!stretches) {
    if (known.size >= MOST_ZONES) known.clear();
    known.set(timeZone, (stretches = []));
  }
  const found = stretches.findLast(({ start, end }) => start <= time && time < end);
  if (found) return found;
  if (stretches.length >= MOST_STRETCHES) stretches.length = 0;
  const stretch = lookUp(timeZone, time);
  stretches.push(stretch);
  return stretch;
}

function lookUp(timeZone: string, time: number): ZoneStretch {
  const there = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const end = there.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity;
  // The transition before an instant is asked for from just behind it, else one at this very instant were passed by.
  const start =
    there.add({ milliseconds: 1 }).getTimeZoneTransition("previous")?.epochMilliseconds ?? -Infinity;
  return { start, end, offset: there.offsetNanoseconds / 1e6 };
}
