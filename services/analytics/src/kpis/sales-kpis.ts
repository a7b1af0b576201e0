// How much is sold, at which margin, and how well selling goes.
import type { Kpi } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { type Period, withSums } from "../figures.ts";
import { amount, ratio, units } from "./kpi.ts";

const WITHIN = (day: string) =>
  `(${day} >= $1::date or $1::date is null) and (${day} < $2::date or $2::date is null)`;

interface Sold {
  readonly currencyCode: string;
  readonly netMicros: bigint;
  readonly orders: number;
  readonly saleMicros: bigint;
  readonly sales: number;
  readonly marginMicros: bigint;
  readonly knownMicros: bigint;
}

const SOLD = `
select currency_code as "currencyCode", sum(net_micros)::text as "netMicros", sum(order_count)::int as orders,
  coalesce(sum(net_micros) filter (where kind = 'SALE'), 0)::text as "saleMicros",
  coalesce(sum(order_count) filter (where kind = 'SALE'), 0)::int as sales,
  sum(margin_micros)::text as "marginMicros", (sum(margin_micros) + sum(cost_micros))::text as "knownMicros"
from sales_days where ${WITHIN("day")} group by 1 order by 1`;

export async function orderKpis(at: At, { from, until }: Period): Promise<Kpi[]> {
  const rows = withSums<Sold>(await named(at, { name: "order kpis", text: SOLD, values: [from, until] }));
  return [
    ...rows.map(({ currencyCode, netMicros }) =>
      amount(
        {
          kpi: "revenue",
          numerator: units(netMicros),
          denominator: 1,
          definition:
            "Net amount of the orders of the period, returns with their minus; a sum, so it is divided by 1.",
        },
        currencyCode,
      ),
    ),
    ...rows.map(({ currencyCode, saleMicros, sales }) =>
      amount(
        {
          kpi: "average_order_value",
          numerator: units(saleMicros),
          denominator: sales,
          definition: "Net amount of the orders of the period that are no returns / these orders.",
        },
        currencyCode,
      ),
    ),
    ...rows.map(({ currencyCode, marginMicros, knownMicros }) =>
      ratio(
        {
          kpi: "margin_rate",
          numerator: units(marginMicros),
          denominator: units(knownMicros),
          definition: "Net amount less cost / net amount, both of the lines whose cost is known.",
        },
        currencyCode,
      ),
    ),
  ];
}

interface Closed {
  readonly currencyCode: string;
  readonly won: number;
  readonly lost: number;
  readonly wonMicros: bigint;
}

const CLOSED = `
select coalesce(amount_currency_code, $3) as "currencyCode", count(*) filter (where stage_type = 'WON')::int as won,
  count(*) filter (where stage_type = 'LOST')::int as lost,
  coalesce(sum(amount_micros) filter (where stage_type = 'WON'), 0)::text as "wonMicros"
from opportunity_facts where stage_type in ('WON', 'LOST') and ${WITHIN("close_date")} group by 1 order by 1`;

const CYCLE = `
select percentile_cont(0.5) within group (order by close_date - open_date) as median,
  coalesce(sum(close_date - open_date), 0)::int as days, count(open_date)::int as count
from opportunity_facts where stage_type = 'WON' and open_date is not null and ${WITHIN("close_date")}`;

interface Cycle {
  readonly median: number | null;
  readonly days: number;
  readonly count: number;
}

export async function opportunityKpis(at: At, { from, until }: Period): Promise<Kpi[]> {
  const values = [from, until];
  const [rows, [cycle]] = await Promise.all([
    named(at, { name: "closed kpis", text: CLOSED, values: [...values, at.currencyCode] }),
    named<Cycle>(at, { name: "cycle kpis", text: CYCLE, values }),
  ]);
  const closed = withSums<Closed>(rows);
  const won = closed.reduce((sum, row) => sum + row.won, 0);
  const ended = closed.reduce((sum, row) => sum + row.won + row.lost, 0);
  const sizes = closed.filter((row) => row.won > 0);
  return [
    ratio({
      kpi: "win_rate",
      numerator: won,
      denominator: ended,
      definition: "Opportunities won in the period / opportunities won or lost in the period, by close date.",
    }),
    ...sizes.map(({ currencyCode, wonMicros, won: count }) =>
      amount(
        {
          kpi: "average_deal_size",
          numerator: units(wonMicros),
          denominator: count,
          definition: "Amount of the opportunities won in the period / these opportunities.",
        },
        currencyCode,
      ),
    ),
    {
      kpi: "sales_cycle_days",
      value: cycle!.median ?? undefined,
      numerator: cycle!.days,
      denominator: cycle!.count,
      unit: "days",
      currencyCode: "",
      definition:
        "Median of the days from opening to winning, of the opportunities won in the period whose two days are known. Numerator / denominator is the mean.",
    },
  ];
}

const LEADS = `
select count(*)::int as leads, count(*) filter (where status = 'CONVERTED')::int as converted
from lead_facts where ${WITHIN("create_date")}`;

export async function leadKpis(at: At, { from, until }: Period): Promise<Kpi[]> {
  const question = { name: "lead kpis", text: LEADS, values: [from, until] };
  const [counts] = await named<{ leads: number; converted: number }>(at, question);
  return [
    ratio({
      kpi: "lead_conversion_rate",
      numerator: counts!.converted,
      denominator: counts!.leads,
      definition:
        "Of the leads created in the period, those converted up to now / all of them: a cohort figure.",
    }),
  ];
}
