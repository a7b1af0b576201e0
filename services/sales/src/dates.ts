import type { DateMessage } from "@guanxi/contract/google/type/date";
import { dayOf, isDay } from "@guanxi/kit/days";
import type { Violation } from "@guanxi/kit/refuse";

/** Null where nothing was sent; what is no day is for `dayViolations`. */
export const sentDay = (date: DateMessage | undefined): string | null => (date ? dayOf(date) : null);

export const dayViolations = (field: string, date: DateMessage | undefined): Violation[] =>
  !date || isDay(date)
    ? []
    : [
        {
          field,
          description: "must be a day with year, month and day, as in 2026-01-31",
          reason: "INVALID_DATE",
        },
      ];
