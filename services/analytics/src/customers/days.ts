import type { DateMessage } from "@guanxi/contract/google/type/date";
import { refuse } from "@guanxi/kit/refuse";

/** As 2026-01-31, as the database has it. */
export function dayOf({ year, month, day }: DateMessage): string {
  const pad = (part: number, length: number) => String(part).padStart(length, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function dateOf(day: string): DateMessage {
  const [year, month, date] = day.split("-").map(Number);
  return { year: year!, month: month!, day: date! };
}

/** Null where it was left out; a date without its year, or the 30th of February, is refused. */
export function askedDay(sent: DateMessage | undefined, field: string): string | null {
  if (!sent) return null;
  const day = dayOf(sent);
  const time = Date.parse(`${day}T00:00:00Z`);
  if (sent.year > 0 && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return day;
  throw invalidDay(field, "Write a day with year, month and day, as in 2026-01-31.");
}

export const invalidDay = (field: string, description: string) =>
  refuse("invalid", "INVALID_DATE", description, [{ field, description, reason: "INVALID_DATE" }]);

export const dateOrNone = (day: string | null): DateMessage | undefined =>
  day === null ? undefined : dateOf(day);
