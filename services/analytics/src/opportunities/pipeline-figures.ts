import type { At } from "@guanxi/kit/at";
import { MOST_ROWS, type Period, withSums } from "../figures.ts";
import { parameters } from "../parameters.ts";
import { PRODUCTS } from "./opportunity-facts.ts";
import { opportunityFields } from "./opportunity-fields.ts";
import type { PipelineDimension } from "./pipeline-dimensions.ts";
import { SEEN } from "./seen-opportunities.ts";

export interface Counted {
  /** Of the groups, under the names of their columns. */
  readonly [column: string]: unknown;
  readonly labels: readonly (string | null)[];
  readonly currencyCode: string;
  readonly count: number;
  readonly openCount: number;
  readonly openMicros: bigint;
  readonly weightedMicros: bigint;
  readonly wonCount: number;
  readonly wonMicros: bigint;
  readonly lostCount: number;
  readonly lostMicros: bigint;
  readonly cycleMean: number | null;
  readonly cycleMedian: number | null;
  readonly cycleCount: number;
}

export interface PipelineQuestion {
  /** In the order in which the rows are wanted. */
  readonly by: readonly PipelineDimension[];
  readonly period: Period;
  readonly pipelineId: string;
  readonly filter: string;
}

const WON = "o.stage_type = 'WON'";
const COUNTED = Object.entries({
  open: "o.stage_type = 'OPEN'",
  won: WON,
  lost: "o.stage_type = 'LOST'",
}).map(
  ([name, is]) => `count(*) filter (where ${is})::int as "${name}Count",
    coalesce(sum(o.amount_micros) filter (where ${is}), 0)::text as "${name}Micros"`,
);
const FIGURES = `
  count(*)::int as count, ${COUNTED.join(", ")},
  coalesce(sum(o.weighted_micros) filter (where o.stage_type = 'OPEN'), 0)::text as "weightedMicros",
  (avg(o.cycle_days) filter (where ${WON}))::float8 as "cycleMean",
  percentile_cont(0.5) within group (order by o.cycle_days) filter (where ${WON}) as "cycleMedian",
  count(o.cycle_days) filter (where ${WON})::int as "cycleCount"`;

/** One row more than there may be, so that one sees it. */
export async function pipelineFiguresOf(at: At, question: PipelineQuestion): Promise<Counted[]> {
  const { by, period, pipelineId, filter } = question;
  const { values, add, addFilter } = parameters();
  const closed = (bound: string) => `(o.stage_type = 'OPEN' or o.close_date ${bound})`;
  const where = [
    period.from && closed(`>= ${add(period.from, "date")}`),
    period.until && closed(`< ${add(period.until, "date")}`),
    pipelineId && `o.pipeline_id = ${add(pipelineId, "uuid")}`,
    addFilter(filter, opportunityFields, "o", at),
  ].filter(Boolean);
  const columns = by.map(({ column, from }) => `${from ?? `o.${column}`} as ${column}`);
  const groups = [...by.map(({ column }) => column), '"currencyCode"'];
  const perProduct = by.some(({ from }) => from)
    ? `left join opportunity_values p on p.kind = '${PRODUCTS}' and p.opportunity_id = o.opportunity_id`
    : "";
  const text = `
select g.*, array[${by.map(({ label }) => label).join(", ")}]::text[] as labels
from (
  select ${[...columns, 'o.currency_code as "currencyCode"'].join(", ")}, ${FIGURES}
  from ${SEEN} o ${perProduct}
  ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
  group by ${groups.map((_, index) => index + 1).join(", ")}
  order by ${groups.map((_, index) => index + 1).join(", ")} limit ${add(MOST_ROWS + 1, "int")}
) g order by ${groups.map((group) => `g.${group}`).join(", ")}`;
  return withSums<Counted>(await at.ask({ text, values }));
}
