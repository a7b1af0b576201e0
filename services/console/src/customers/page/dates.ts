// Days without a time, as the contract has them.
import type { Date as Day } from "@guanxi/client/gen/guanxi";
import dayjs, { type Dayjs } from "dayjs";

/** 2026-11-22; of a day of birth without its year 11-22; empty where there is none. */
export function textOf(day: Day | undefined): string {
  if (!day?.month) return "";
  const rest = `${two(day.month)}-${two(day.day)}`;
  return day.year ? `${String(day.year).padStart(4, "0")}-${rest}` : rest;
}

const two = (value: number) => String(value).padStart(2, "0");

export const dayOf = (value: Dayjs): Day => ({
  year: value.year(),
  month: value.month() + 1,
  day: value.date(),
});

export const pickedOf = (day: Day | undefined): Dayjs | undefined =>
  day?.year ? dayjs(new Date(day.year, day.month - 1, day.day)) : undefined;
