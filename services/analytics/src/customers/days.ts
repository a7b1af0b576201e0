import type { DateMessage } from "@guanxi/contract/google/type/date";
import { dayOf, isDay } from "@guanxi/kit/days";
import { refuse } from "@guanxi/kit/refuse";

/** Null where it was left out; a date without its year, or the 30th of February, is refused. */
export function askedDay(sent: DateMessage | undefined, field: string): string | null {
  if (!sent) return null;
  if (isDay(sent)) return dayOf(sent);
  throw invalidDay(field, "Write a day with year, month and day, as in 2026-01-31.");
}

export const invalidDay = (field: string, description: string) =>
  refuse("invalid", "INVALID_DATE", description, [{ field, description, reason: "INVALID_DATE" }]);
