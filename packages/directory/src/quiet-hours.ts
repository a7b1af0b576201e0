// When a member may be written to: not in the quiet hours of the member's own day, whatever the clocks do.
import { localTime } from "@guanxi/import/values/zone";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Within one of these no clock changes. */
const QUARTER_MS = 15 * MINUTE_MS;

export interface QuietHours {
  /** As 21:00; empty for no quiet hours. */
  readonly quietFrom: string;
  readonly quietUntil: string;
}

const clock = (text: string): number => {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return (hour * 60 + minute) * MINUTE_MS;
};

const modulo = (value: number, by: number) => ((value % by) + by) % by;

/** By the time of day. From a time to the same is no time at all. */
export function isQuiet({ quietFrom, quietUntil }: QuietHours, timeOfDay: number): boolean {
  const from = clock(quietFrom);
  return modulo(timeOfDay - from, DAY_MS) < modulo(clock(quietUntil) - from, DAY_MS);
}

/** The first moment from `now` on that is not quiet. A change of clocks in the night is walked through, not computed. */
export function firstLoud(hours: QuietHours, timeZone: string, now: Date): Date {
  if (hours.quietFrom === "") return now;
  const until = clock(hours.quietUntil);
  for (let at = now.getTime(); ; at += QUARTER_MS - modulo(at, QUARTER_MS)) {
    const timeOfDay = modulo(localTime(at, timeZone), DAY_MS);
    if (!isQuiet(hours, timeOfDay)) return new Date(at);
    const end = at + modulo(until - timeOfDay, DAY_MS);
    if (end < at + QUARTER_MS - modulo(at, QUARTER_MS)) return new Date(end);
  }
}

const known = new Map<string, boolean>();

/** A zone that somebody has misspelt is nobody's: then the tenant's holds. */
export function zoneOf(asked: string, tenantZone: string): string {
  if (asked === "") return tenantZone;
  const isZone = known.get(asked) ?? canBeRead(asked);
  if (known.size < 1000) known.set(asked, isZone);
  return isZone ? asked : tenantZone;
}

function canBeRead(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false; // Intl knows no zone of this name
  }
}
