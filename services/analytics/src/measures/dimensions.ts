// What facts can be told apart by: where it stands, what it is called, and how a list finds it again.
import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import { having } from "../rows-filter.ts";

export interface Dimension {
  /** Over a row of facts `f`. */
  readonly key: string;
  /** Over a row of figures `g`, in which the key is called `name`. */
  readonly label: (name: string) => string;
  readonly condition: (value: string | null) => string;
}

export type Dimensions = Readonly<Partial<Record<FigureDimension, Dimension>>>;

export const dimension = (
  column: string,
  label: (name: string) => string = (name) => `g.${name}`,
): Dimension => ({
  key: `f.${column}::text`,
  label,
  condition: (value) => having(column, value),
});

const LABELS = {
  day: "YYYY-MM-DD",
  week: 'IYYY-"W"IW',
  month: "YYYY-MM",
  quarter: 'YYYY-"Q"Q',
  year: "YYYY",
};
type Span = keyof typeof LABELS;

/** Days, weeks and so on of a date column. */
export const periods = (column: string): Dimensions => ({
  [FigureDimension.DAY]: period(column, "day"),
  [FigureDimension.WEEK]: period(column, "week"),
  [FigureDimension.MONTH]: period(column, "month"),
  [FigureDimension.QUARTER]: period(column, "quarter"),
  [FigureDimension.YEAR]: period(column, "year"),
});

const period = (column: string, span: Span): Dimension => ({
  key: `date_trunc('${span}', f.${column}::timestamp)::date::text`,
  label: (name) => `to_char(g.${name}::date, '${LABELS[span]}')`,
  condition: (first) =>
    first === null
      ? having(column, null)
      : `${column} >= "${first}" && ${column} < "${firstAfter(first, span)}"`,
});

const MONTHS = { day: 0, week: 0, month: 1, quarter: 3, year: 12 };
const DAYS = { day: 1, week: 7, month: 0, quarter: 0, year: 0 };

function firstAfter(first: string, span: Span): string {
  const date = new Date(`${first}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + MONTHS[span], date.getUTCDate() + DAYS[span]);
  return date.toISOString().slice(0, 10);
}

export function dimensionsAsked(asked: readonly FigureDimension[], there: Dimensions): Dimension[] {
  return asked.map((each, place) => {
    const found = there[each];
    if (found) return found;
    const known = Object.keys(there).map((number) => nameOf(FigureDimension, Number(number)));
    const field = `group_by[${place}]`;
    const description = `takes ${known.join(", ")}`;
    throw refuse("invalid", "UNKNOWN_DIMENSION", `Group by something else: ${field} ${description}.`, [
      { field, description, reason: "UNKNOWN_DIMENSION" },
    ]);
  });
}
