import type { Date as ContractDate } from "@guanxi/client/gen/guanxi";

/** 2026-01-05, which sorts. */
export const dayText = (date: ContractDate | undefined): string | undefined =>
  date?.year ? [date.year, pad(date.month), pad(date.day)].join("-") : undefined;

const pad = (part: number) => String(part).padStart(2, "0");
