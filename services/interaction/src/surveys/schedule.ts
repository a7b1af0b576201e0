// When a survey is sent again and again: a pure function of the calendar.
import { dayIn } from "@guanxi/kit/days";

const DAY_MS = 86_400_000;

export interface Schedule {
  readonly startDate: string;
  readonly intervalDays: number;
  readonly sendHour: number;
}

/** The first run after a moment. What was missed, while a survey was paused or nothing ran, is not made up for. */
export function nextRun(
  { startDate, intervalDays, sendHour }: Schedule,
  timeZone: string,
  after: Date,
): Date {
  const start = dayNumber(startDate);
  const today = dayNumber(dayIn(timeZone)(after));
  let day = start + Math.max(0, Math.ceil((today - start) / intervalDays)) * intervalDays;
  for (;;) {
    const time = instantOf(day, sendHour, timeZone);
    if (time > after) return time;
    day += intervalDays;
  }
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** An hour that daylight saving skips is taken as the one after it. */
function instantOf(day: number, hour: number, timeZone: string): Date {
  const wall = day * DAY_MS + hour * 3_600_000;
  const guess = wall - offsetAt(wall, timeZone);
  return new Date(wall - offsetAt(guess, timeZone));
}

/** By how much the clocks of a zone are ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instant);
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - instant;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const part = "2-digit";
  const made = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, calendar: "iso8601", hourCycle: "h23", year: "numeric" },
    ...{ month: part, day: part, hour: part, minute: part, second: part },
  });
  formats.set(timeZone, made);
  return made;
}
