import {
  type PipelineFigure,
  type QueryPipelineFiguresRequest,
  QueryPipelineFiguresRequest_Dimension as Dimension,
  type QueryPipelineFiguresResponse,
} from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { Opportunity_LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { query } from "@guanxi/kit/handler";
import { divide, moneyOf } from "@guanxi/kit/micros";
import { periodOf, refuseTooMany } from "../../figures.ts";
import { readable } from "../../labels.ts";
import { asOf, SALES_MARKS } from "../../marks.ts";
import { conditions, having, within } from "../../rows-filter.ts";
import { opportunityFields } from "../opportunity-fields.ts";
import { PIPELINE_DIMENSIONS } from "../pipeline-dimensions.ts";
import { type Counted, pipelineFiguresOf, type PipelineQuestion } from "../pipeline-figures.ts";

export const queryPipelineFigures = query<QueryPipelineFiguresRequest, QueryPipelineFiguresResponse>(
  async ({ groupBy, pipelineId, filter, ...asked }, at) => {
    const by = groupBy.flatMap((dimension) => PIPELINE_DIMENSIONS[dimension] ?? []);
    const question = { by, period: periodOf(asked), pipelineId, filter };
    const [mark, rows] = await Promise.all([asOf(at, SALES_MARKS), pipelineFiguresOf(at, question)]);
    refuseTooMany(rows);
    // All have one form: with this one, a filter that leaves no room for the group is refused and not found out later.
    if (rows[0]) compileFilter(rowsFilter(question, rows[0]), opportunityFields);
    const labelsOf = readable(groupBy.indexOf(Dimension.CUSTOMER), at);
    return {
      rows: rows.map((row) => ({ ...present(question, row), labels: labelsOf(row.labels) })),
      ...mark,
    };
  },
);

function rowsFilter({ by, period, pipelineId, filter }: PipelineQuestion, row: Counted): string {
  const closed = (bound: string) => `(stage_type == "OPEN" || close_date ${bound})`;
  return conditions([
    within(filter),
    pipelineId && having("pipeline_id", pipelineId),
    period.from ? closed(`>= "${period.from}"`) : "",
    period.until ? closed(`< "${period.until}"`) : "",
    ...by.map(({ column, condition }) => condition(row[column] as string | null)),
    having("currency_code", row.currencyCode),
  ]);
}

function present(question: PipelineQuestion, row: Counted): Omit<PipelineFigure, "labels"> {
  const money = (micros: bigint) => moneyOf(micros, row.currencyCode);
  return {
    ...groupsOf(row),
    currencyCode: row.currencyCode,
    count: row.count,
    openCount: row.openCount,
    openAmount: money(row.openMicros),
    weightedAmount: money(row.weightedMicros),
    wonCount: row.wonCount,
    wonAmount: money(row.wonMicros),
    lostCount: row.lostCount,
    lostAmount: money(row.lostMicros),
    ...ratesOf(row),
    cycleMeanDays: row.cycleMean ?? undefined,
    cycleMedianDays: row.cycleMedian ?? undefined,
    cycleDenominator: row.cycleCount,
    rowsFilter: rowsFilter(question, row),
  };
}

function groupsOf(row: Counted) {
  const text = (column: string) => (row[column] as string | null | undefined) ?? "";
  return {
    pipelineId: text("pipeline_id"),
    stageId: text("stage_id"),
    ownerId: text("owner_id"),
    managerId: text("manager_id"),
    productId: text("product_id"),
    regionId: text("region_id"),
    customerRegionCode: text("customer_region_code"),
    customerId: text("customer_id"),
    sourceChannel: text("source_channel"),
    closeMonth: text("close_month"),
    lostReason: numberOf(
      Opportunity_LostReason,
      (text("lost_reason") || null) as NameOf<typeof Opportunity_LostReason> | null,
    ),
  };
}

function ratesOf({
  currencyCode,
  openCount,
  wonCount,
  lostCount,
  wonMicros,
  lostMicros,
  cycleMedian,
}: Counted) {
  const ended = wonCount + lostCount;
  const endedMicros = wonMicros + lostMicros;
  const winRate = ended === 0 ? undefined : wonCount / ended;
  const average = wonCount === 0 ? undefined : divide(wonMicros, BigInt(wonCount));
  const perDay =
    winRate === undefined || average === undefined || !cycleMedian
      ? undefined
      : BigInt(Math.round((openCount * winRate * Number(average)) / cycleMedian));
  return {
    winRate,
    winRateDenominator: ended,
    winRateByAmount: endedMicros === 0n ? undefined : Number(wonMicros) / Number(endedMicros),
    averageWonAmount: average === undefined ? undefined : moneyOf(average, currencyCode),
    velocityPerDay: perDay === undefined ? undefined : moneyOf(perDay, currencyCode),
  };
}
