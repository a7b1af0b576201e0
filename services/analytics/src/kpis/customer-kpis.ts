// Who buys again, who stays, who is lost.
import type { Kpi, MissingKpi } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Period } from "../figures.ts";
import { ratio } from "./kpi.ts";

const CYCLES = 3;

interface Counts {
  readonly cycle: number | null;
  readonly silence: number | null;
  readonly buyers: number;
  readonly again: number;
  readonly atStart: number;
  readonly stayed: number;
}

const UNTIL = "coalesce($2::date, $3::date + 1)";
const SILENCE = "(select days from silence)";

/** Each part reads the days that it needs by index, hence the bounds in place of a table of them. */
const COUNTS = `
with purchases as not materialized (select customer_id, day from customer_days where net_micros > 0),
year as (select distinct customer_id, day from purchases where day >= ${UNTIL} - 365 and day < ${UNTIL}),
gaps as (select day - lag(day) over (partition by customer_id order by day) as days from year),
cycle as (select percentile_cont(0.5) within group (order by days) as days from gaps),
silence as (select floor(days * ${CYCLES})::int as days from cycle),
buyers as (
  select min(day) < max(day) as again from purchases
  where day >= coalesce($1::date, '-infinity') and day < ${UNTIL} group by customer_id),
kept as (
  select min(day) < $1::date as at_start, max(day) >= ${UNTIL} - ${SILENCE} as at_end from (
    select customer_id, day from purchases where day >= $1::date - ${SILENCE} and day < $1::date
    union all
    select customer_id, day from purchases where day >= ${UNTIL} - ${SILENCE} and day < ${UNTIL}) known
  group by customer_id)
select (select days from cycle) as cycle, ${SILENCE} as silence,
  (select count(*)::int from buyers) as buyers, (select count(*)::int from buyers where again) as again,
  (select count(*)::int from kept where at_start) as "atStart",
  (select count(*)::int from kept where at_start and at_end) as stayed`;

export async function customerKpis(
  at: At,
  { from, until }: Period,
): Promise<{ rows: Kpi[]; missing: MissingKpi[] }> {
  const values = [from, until, at.today];
  const [counts] = await named<Counts>(at, { name: "customer kpis", text: COUNTS, values });
  const { buyers, again, cycle } = counts!;
  const repeat = ratio({
    kpi: "repeat_purchase_rate",
    numerator: again,
    denominator: buyers,
    definition:
      "Customers with two purchases or more in the period / customers with one or more. A purchase is a day on which a customer's orders come to more than nothing.",
  });
  if (cycle !== null) return { rows: [repeat, ...retention(counts!)], missing: [] };
  const reason =
    "Nobody has bought on two days of the year before the end, so it is not known how long a purchase cycle is, and who is lost.";
  return { rows: [repeat], missing: ["retention_rate", "churn_rate"].map((kpi) => ({ kpi, reason })) };
}

function retention({ atStart, stayed, cycle, silence }: Counts): Kpi[] {
  const lost = `A customer is lost after more than ${silence} days without a purchase: ${CYCLES} purchase cycles of ${cycle} days, the median of the days between two purchases of one customer in the year before the end.`;
  return [
    ratio({
      kpi: "retention_rate",
      numerator: stayed,
      denominator: atStart,
      definition: `Customers at the start of the period who are customers at its end / customers at the start: those at the end without those who are new or came back. ${lost}`,
    }),
    ratio({
      kpi: "churn_rate",
      numerator: atStart - stayed,
      denominator: atStart,
      definition: `Customers at the start of the period who are lost at its end / customers at the start: 1 − retention_rate. ${lost}`,
    }),
  ];
}
