// The working hours of one day, as moments.
import type { DateMessage } from "@guanxi/contract/google/type/date";
import type { WorkingHours } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { instantOf } from "@guanxi/import/values/zone";
import type { At } from "@guanxi/kit/at";
import { dayOf, isDay } from "@guanxi/kit/days";
import { refuse } from "@guanxi/kit/refuse";
import type { Span } from "./bookings.ts";

const USUAL: WorkingHours = { from: "09:00", until: "18:00", lunchFrom: "12:00", lunchUntil: "13:00" };

/** A plan begins at full five minutes. */
const STEP_MS = 300_000;

export interface Hours {
  /** 2026-01-31 */
  readonly day: string;
  /** From midnight to midnight. */
  readonly whole: Span;
  /** What is left of the working hours; it may be nothing. */
  readonly work: Span;
  readonly breaks: readonly Span[];
  readonly asked: WorkingHours;
}

interface Asked {
  readonly date?: DateMessage | undefined;
  readonly workingHours?: WorkingHours | undefined;
}

export function hoursOf(
  { date, workingHours: asked = USUAL }: Asked,
  { now, today, timeZone }: Pick<At, "now" | "today" | "timeZone">,
): Hours {
  const day = plannable(date, today);
  requireLunch(asked);
  const time = (clock: string) => instantAt(day, clock, timeZone);
  const end = time(asked.until);
  return {
    day,
    asked,
    whole: { start: time("00:00"), end: time("24:00") },
    work: { start: beginning(time(asked.from), end, now), end },
    breaks: asked.lunchFrom ? [{ start: time(asked.lunchFrom), end: time(asked.lunchUntil) }] : [],
  };
}

function plannable(date: DateMessage | undefined, today: string): string {
  if (!date) return today;
  if (!isDay(date)) throw invalid("date", "must be a day with year, month and day, as in 2026-01-31");
  const day = dayOf(date);
  if (day < today) throw invalid("date", `has passed: today is ${today}`, "DAY_PASSED");
  return day;
}

function requireLunch({ lunchFrom, lunchUntil }: WorkingHours): void {
  if (lunchFrom > lunchUntil || (lunchFrom === "") !== (lunchUntil === ""))
    throw invalid(
      "working_hours.lunch_until",
      "must be behind lunch_from, or both left out",
      "INVALID_HOURS",
    );
}

/** Of a day that has begun what is left. */
function beginning(from: Date, end: Date, now: Date): Date {
  const left = new Date(Math.ceil(now.getTime() / STEP_MS) * STEP_MS);
  if (left <= from) return from;
  return left < end ? left : end;
}

/** What a clock of the zone shows on a day; 24:00 is the midnight behind it. */
export function instantAt(day: string, clock: string, timeZone: string): Date {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return new Date(instantOf(Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000, timeZone));
}

const invalid = (field: string, description: string, reason = "INVALID_DATE") =>
  refuse("invalid", "INVALID_REQUEST", "The day cannot be planned.", [{ field, description, reason }]);
