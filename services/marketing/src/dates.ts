import type { DateMessage } from "@guanxi/contract/google/type/date";
import { dayOf, isDay } from "@guanxi/kit/days";
import { refuse, type Violation } from "@guanxi/kit/refuse";

/** Null where nothing was sent. */
export const sentDay = (date: DateMessage | undefined): string | null => (date ? dayOf(date) : null);

const dayViolations = (field: string, date: DateMessage | undefined): Violation[] =>
  !date || isDay(date)
    ? []
    : [
        {
          field,
          description: "must be a day with year, month and day, as in 2026-01-31",
          reason: "INVALID_DATE",
        },
      ];

interface Span {
  readonly startDate?: DateMessage | undefined;
  readonly endDate?: DateMessage | undefined;
}

/** Two days, the later one not before the other. */
export function spanViolations(place: string, { startDate, endDate }: Span): Violation[] {
  const found = [
    ...dayViolations(`${place}.start_date`, startDate),
    ...dayViolations(`${place}.end_date`, endDate),
  ];
  if (found.length > 0 || !startDate || !endDate || dayOf(startDate) <= dayOf(endDate)) return found;
  return [{ field: `${place}.end_date`, description: "is before start_date", reason: "END_BEFORE_START" }];
}

/** The days of a question; open ends are null. */
export function daysAsked(from: DateMessage | undefined, to: DateMessage | undefined) {
  refuseAny([...dayViolations("from_date", from), ...dayViolations("to_date", to)]);
  return { from: sentDay(from), to: sentDay(to) };
}

export function refuseAny(violations: readonly Violation[]): void {
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);
}
