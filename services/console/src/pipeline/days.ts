// Days as the API writes them, { year, month, day }, and as this page does: 2026-11-22, which sorts as it reads.
import dayjs from "dayjs";

export interface Day {
  year: number;
  month: number;
  day: number;
}

const two = (value: number) => String(value).padStart(2, "0");

export const dayText = (day: Partial<Day> | undefined): string =>
  day?.year ? `${String(day.year).padStart(4, "0")}-${two(day.month ?? 1)}-${two(day.day ?? 1)}` : "";

/** Undefined of an empty text. */
export function dayOf(text: string): Day | undefined {
  if (!text) return undefined;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return { year, month, day };
}

export const todayText = (): string => dayjs().format("YYYY-MM-DD");

export const daysBetween = (from: string, to: string): number => dayjs(to).diff(dayjs(from), "day");

/** The month of a day and those after it, as 2026-11. */
export const monthsFrom = (day: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    dayjs(day).startOf("month").add(index, "month").format("YYYY-MM"),
  );

export const startOfMonth = (month: string): string => `${month}-01`;
export const startOfNextMonth = (month: string): string =>
  dayjs(`${month}-01`).add(1, "month").format("YYYY-MM-DD");
