// Complaints for what was sold, and for whom it could have been.
import { FigureDimension } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { MOST_ROWS, type Period } from "../figures.ts";
import { COMPLAINTS } from "./seen-cases.ts";

export interface ComplaintCount {
  /** The first day of the span; null where all is one. */
  readonly first: string | null;
  readonly complaints: number;
  readonly orders: number;
  readonly customers: number;
}

const LENGTHS = { day: "1 day", week: "1 week", month: "1 month", quarter: "3 months", year: "1 year" };
export type Span = keyof typeof LENGTHS;

export const SPANS: Readonly<Partial<Record<FigureDimension, Span>>> = {
  [FigureDimension.DAY]: "day",
  [FigureDimension.WEEK]: "week",
  [FigureDimension.MONTH]: "month",
  [FigureDimension.QUARTER]: "quarter",
  [FigureDimension.YEAR]: "year",
};

export const COMPLAINT_RATES = [
  {
    figure: "complaint_rate",
    unit: "ratio",
    definition: "Complaints opened in the period / orders of the period that are no returns, for each order.",
    rowsMethod: "ListCaseFacts",
  },
  {
    figure: "complaint_rate_per_1000_customers",
    unit: "ratio",
    definition:
      "Complaints opened in the period × 1,000 / customers registered before its end and not archived since: complaints for 1,000 customers.",
    rowsMethod: "ListCaseFacts",
  },
] as const;

const within = (day: string) =>
  `(${day} >= $1::date or $1::date is null) and (${day} < $2::date or $2::date is null)`;

export async function complaintCounts(
  at: At,
  { from, until }: Period,
  span?: Span,
): Promise<ComplaintCount[]> {
  const firstOf = (day: string) => (span ? `date_trunc('${span}', ${day}::timestamp)::date` : "null::date");
  const end = span ? `least((first + interval '${LENGTHS[span]}')::date, $2::date)` : "$2::date";
  const text = `
with known as (
  select ${firstOf("f.open_date")} as first, 1 as complaints, 0 as orders
  from case_facts f where ${COMPLAINTS} and ${within("f.open_date")}
  union all
  select ${firstOf("s.day")}, 0, s.order_count from sales_days s where s.kind = 'SALE' and ${within("s.day")}
), spans as (
  select ${span ? "first" : "null::date as first"},
    coalesce(sum(complaints), 0)::int as complaints, coalesce(sum(orders), 0)::int as orders
  from known ${span ? "group by first" : ""}
)
select first::text, complaints, orders, (
  select coalesce(sum(n.count), 0)::int from customer_counts n where n.day < ${end} or ${end} is null) as customers
from spans order by first limit ${MOST_ROWS + 1}`;
  return named<ComplaintCount>(at, {
    name: `complaint counts ${span ?? "all"}`,
    text,
    values: [from, until],
  });
}
