// What all questions for figures have in common.
import type { DateMessage } from "@guanxi/contract/google/type/date";
import { refuse } from "@guanxi/kit/refuse";
import { askedDay, invalidDay } from "./customers/days.ts";

/** A span of days without its end; null where it is open. */
export interface Period {
  readonly from: string | null;
  readonly until: string | null;
}

interface Asked {
  readonly startDate?: DateMessage | undefined;
  readonly endDate?: DateMessage | undefined;
}

export function periodOf({ startDate, endDate }: Asked): Period {
  const from = askedDay(startDate, "start_date");
  const until = askedDay(endDate, "end_date");
  if (from && until && from > until) throw invalidDay("end_date", "The end must not be before the start.");
  return { from, until };
}

/** A sum may outgrow a bigint, so the database answers it as a text. */
export const withSums = <R extends object>(rows: readonly object[]): R[] =>
  rows.map((row) => {
    const fields = Object.entries(row).map(([field, value]) =>
      field.endsWith("Micros") && value !== null ? [field, BigInt(value as string)] : [field, value],
    );
    return Object.fromEntries(fields) as R;
  });

export const MOST_ROWS = 10_000;

/** Ask for one row more than there may be. */
export function refuseTooMany(rows: readonly unknown[]): void {
  if (rows.length <= MOST_ROWS) return;
  const text = `That makes more than ${MOST_ROWS} rows: ask for fewer days or groups.`;
  const violation = { field: "group_by", description: "makes too many rows", reason: "TOO_MANY_ROWS" };
  throw refuse("invalid", "TOO_MANY_ROWS", text, [violation]);
}
