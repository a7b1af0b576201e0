// The days that figures are of. An end is the first day that no longer counts, as the services take it.
import dayjs, { type Dayjs } from "dayjs";
import type { FiguresSearch } from "./search.ts";

export interface Span {
  from?: Dayjs;
  until?: Dayjs;
}

const MONTHS = { month: 1, quarter: 3, year: 12, "12m": 12 } as const;

/** Up to and with today, never to the end of the month: what is compared has as many days. */
export function spanOf({ period = "12m", from, to }: FiguresSearch, now: Dayjs): Span {
  const today = now.startOf("day");
  const until = today.add(1, "day");
  if (period === "all") return {};
  if (period === "custom") return customSpan(from, to, { from: today.startOf("month"), until });
  if (period === "12m") return { from: today.startOf("month").subtract(11, "month"), until };
  if (period === "quarter") {
    const month = today.startOf("month");
    return { from: month.subtract(month.month() % 3, "month"), until };
  }
  return { from: today.startOf(period), until };
}

function customSpan(from: string | undefined, to: string | undefined, otherwise: Span): Span {
  const [first, last] = [dayjs(from ?? ""), dayjs(to ?? "")];
  if (!first.isValid() || !last.isValid() || last.isBefore(first)) return otherwise;
  return { from: first.startOf("day"), until: last.startOf("day").add(1, "day") };
}

/** As long, and right before; none where there is no beginning. */
export function spanBefore({ period = "12m" }: FiguresSearch, { from, until }: Span): Span | undefined {
  if (!from || !until || period === "all") return undefined;
  if (period === "custom") return { from: from.subtract(until.diff(from, "day"), "day"), until: from };
  const months = MONTHS[period];
  const last = until.subtract(1, "day");
  // One month before March 31 is February 28, whose next day is March 1.
  return { from: from.subtract(months, "month"), until: last.subtract(months, "month").add(1, "day") };
}

/** As parameters of a query: a date of the contract has its parts under names of their own there. */
export function daysOf({ from, until }: Span): Record<string, number> {
  return { ...partsOf("startDate", from), ...partsOf("endDate", until) };
}

const partsOf = (name: string, day: Dayjs | undefined): Record<string, number> =>
  day
    ? { [`${name}.year`]: day.year(), [`${name}.month`]: day.month() + 1, [`${name}.day`]: day.date() }
    : {};

export const keyOf = ({ from, until }: Span): string =>
  `${from?.format("YYYY-MM-DD") ?? ""}/${until?.format("YYYY-MM-DD") ?? ""}`;

/** 2026-01 … of all months that the span touches; none where it has no beginning. */
export function monthsOf({ from, until }: Span): string[] {
  if (!from || !until) return [];
  const months: string[] = [];
  for (let month = from.startOf("month"); month.isBefore(until); month = month.add(1, "month"))
    months.push(month.format("YYYY-MM"));
  return months;
}
