import type { DateMessage } from "@guanxi/contract/google/type/date";

/** 2026-01-31, as the database and `at.today` write a day. */
export const dayOf = ({ year, month, day }: DateMessage): string =>
  [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");

export function dateOf(day: string): DateMessage {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return { year, month, day: date };
}

export const dateOrNone = (day: string | null): DateMessage | undefined =>
  day === null ? undefined : dateOf(day);

/** The day of a moment, in a zone of IANA. */
export function dayIn(timeZone: string): (time: Date) => string {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone }); // writes 2026-01-31
  return (time) => format.format(time);
}

/** A day that the calendar has. */
export function isDay({ year, month, day }: DateMessage): boolean {
  if (year < 1 || year > 9999) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
