import { cellFault, type Parsed } from "./fault.ts";

export type DateOrder = "dmy" | "mdy" | "ymd";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const YEAR_FIRST = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const EITHER_FIRST = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/;
const SHORT_YEAR = /^\d{1,2}[./-]\d{1,2}[./-]\d{2}$/;
const DAY_MONTH_NAME = /^(\d{1,2})[ -]([a-z]{3,9})\.?[ ,-]+(\d{4})$/i;
const MONTH_NAME_DAY = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i;

/** A day as 2016-10-20. */
export function dayIn(text: string, order: DateOrder | undefined): Parsed<string> {
  const first = YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (first) return day(text, first[1], first[2], first[3]);
  const dotted = DAY_FIRST.exec(text);
  const either = dotted ?? EITHER_FIRST.exec(text);
  if (either) return ordered(text, either, order ?? (dotted ? "dmy" : undefined));
  const named = DAY_MONTH_NAME.exec(text);
  if (named) return day(text, named[3], monthOf(named[2]), named[1]);
  const american = MONTH_NAME_DAY.exec(text);
  if (american) return day(text, american[3], monthOf(american[1]), american[2]);
  if (SHORT_YEAR.test(text)) {
    return cellFault("YEAR_TOO_SHORT", text, "has a year of two digits: write all four.");
  }
  return noDay(text);
}

function ordered(text: string, parts: RegExpExecArray, order: DateOrder | undefined): Parsed<string> {
  if (order === "dmy") return day(text, parts[3], parts[2], parts[1]);
  if (order === "mdy") return day(text, parts[3], parts[1], parts[2]);
  return cellFault(
    "DATE_AMBIGUOUS",
    text,
    "has day and month in an unknown order: say the order of the file.",
  );
}

const monthOf = (name = "") => String(MONTHS.findIndex((month) => name.toLowerCase().startsWith(month)) + 1);

function day(text: string, year = "", month = "", date = ""): Parsed<string> {
  const value = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const moment = new Date(`${value}T00:00:00Z`);
  // The thirtieth of February becomes the first of March.
  const isReal = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
  return isReal ? { value } : noDay(text);
}

export const noDay = (text: string) => cellFault("NOT_A_DATE", text, "is no day: write it as 2016-10-20.");

/** Which order a day shows beyond doubt, of those that need one. */
export function orderShown(text: string): DateOrder | undefined {
  const parts = EITHER_FIRST.exec(text);
  if (!parts) return undefined;
  if (Number(parts[1]) > 12) return "dmy";
  return Number(parts[2]) > 12 ? "mdy" : undefined;
}
