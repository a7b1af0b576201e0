import type {
  QueryStageFiguresRequest,
  QueryStageFiguresResponse,
  StageFigure,
} from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { numberOf } from "@guanxi/kit/enum-names";
import { compileFilter } from "@guanxi/kit/filter/compile";
import { query } from "@guanxi/kit/handler";
import { periodOf } from "../../figures.ts";
import { asOf, SALES_MARKS } from "../../marks.ts";
import { conditions, having, within } from "../../rows-filter.ts";
import { opportunityFields } from "../opportunity-fields.ts";
import { pipelineAsked, type StageCounted, stageFiguresOf } from "../stage-figures.ts";

export const queryStageFigures = query<QueryStageFiguresRequest, QueryStageFiguresResponse>(
  async ({ filter, ...asked }, at) => {
    const period = periodOf(asked);
    const [mark, pipelineId] = await Promise.all([
      asOf(at, SALES_MARKS),
      pipelineAsked(at, asked.pipelineId),
    ]);
    if (!pipelineId) return { rows: [], pipelineId: "", ...mark };
    const rowsFilter = (stageId: string) =>
      conditions([within(filter), having("pipeline_id", pipelineId), having("stage_id", stageId)]);
    const rows = (await stageFiguresOf(at, { pipelineId, period, filter })).map((row) =>
      present(row, rowsFilter(row.stageId)),
    );
    if (rows[0]) compileFilter(rows[0].rowsFilter, opportunityFields);
    return { rows: withBottleneck(rows), pipelineId, ...mark };
  },
);

function present(row: StageCounted, rowsFilter: string): StageFigure {
  const left = row.type === "OPEN" ? row.entered - row.staying : 0;
  return {
    stageId: row.stageId,
    displayName: row.name,
    stageType: numberOf(Stage_Type, row.type),
    enteredCount: row.entered,
    advancedCount: row.advanced,
    lostCount: row.lost,
    stayingCount: row.staying,
    returnedCount: row.returned,
    conversionRate: left === 0 ? undefined : row.advanced / left,
    conversionDenominator: left,
    meanDays: row.meanDays ?? undefined,
    medianDays: row.medianDays ?? undefined,
    daysDenominator: row.daysCount,
    dropOffRate: left === 0 ? undefined : row.lost / left,
    bottleneck: false,
    rowsFilter,
  };
}

/** Where nobody is lost, or nobody waits, nothing is held up. */
function withBottleneck(rows: readonly StageFigure[]): StageFigure[] {
  const weight = ({ medianDays = 0, dropOffRate = 0 }: StageFigure) => medianDays * dropOffRate;
  const worst = rows.reduce<StageFigure | undefined>(
    (a, b) => (weight(b) > (a ? weight(a) : 0) ? b : a),
    undefined,
  );
  return rows.map((row) => ({ ...row, bottleneck: row === worst }));
}
