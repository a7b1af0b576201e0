// How the open opportunities stand: what SummarizePipeline answers.
import type { SummarizePipelineResponse } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { moneyOf } from "@guanxi/kit/micros";
import { type PipelineState, stageIn } from "../pipelines/pipeline.ts";

interface OpenSum {
  readonly stageId: string;
  readonly currencyCode: string;
  readonly count: number;
  /** Sums are numeric, beyond what a bigint holds, and so come as text. */
  readonly amount: string;
  readonly weighted: string;
  readonly meanAge: number;
  readonly oldestAge: number;
  readonly withoutNextStep: number;
  readonly overdue: number;
  readonly pushed: number;
}

const SUMS = `
select stage_id as "stageId", coalesce(currency_code, '') as "currencyCode", count(*)::int as count,
  coalesce(sum(amount), 0)::text as amount, coalesce(sum(weighted_amount), 0)::text as weighted,
  coalesce(avg($2::date - stage_since_date), 0)::float8 as "meanAge",
  coalesce(max($2::date - stage_since_date), 0)::int as "oldestAge",
  (count(*) filter (where next_step = ''))::int as "withoutNextStep",
  (count(*) filter (where expected_close_date < $2::date))::int as overdue,
  (count(*) filter (where push_count > 0))::int as pushed
from opportunities where stage_type = 'OPEN' and pipeline_id = $1`;

const GROUPS = "group by stage_id, currency_code";

export async function openSums(at: At, pipelineId: string, ownerId: string): Promise<OpenSum[]> {
  const values = [pipelineId, at.today];
  return ownerId === ""
    ? named<OpenSum>(at, { name: "opportunities open sums", text: `${SUMS} ${GROUPS}`, values })
    : named<OpenSum>(at, {
        name: "opportunities open sums of owner",
        text: `${SUMS} and owner_id = $3 ${GROUPS}`,
        values: [...values, ownerId],
      });
}

/** In the order of the stages, and by currency. */
export function presentSums(sums: readonly OpenSum[], pipeline: PipelineState): SummarizePipelineResponse {
  const place = ({ stageId }: OpenSum) => pipeline.stages.findIndex((stage) => stage.stageId === stageId);
  const ordered = sums.toSorted((a, b) => place(a) - place(b) || (a.currencyCode < b.currencyCode ? -1 : 1));
  return {
    stages: ordered.map(({ amount, weighted, ...sum }) => ({
      stageId: sum.stageId,
      displayName: stageIn(pipeline, sum.stageId)?.displayName ?? sum.stageId,
      currencyCode: sum.currencyCode,
      count: sum.count,
      amount: sumOf(amount, sum.currencyCode),
      weightedAmount: sumOf(weighted, sum.currencyCode),
      meanAgeDays: sum.meanAge,
      oldestAgeDays: sum.oldestAge,
      withoutNextStepCount: sum.withoutNextStep,
      overdueCount: sum.overdue,
      pushedCount: sum.pushed,
    })),
    totalCount: ordered.reduce((total, { count }) => total + count, 0),
  };
}

const sumOf = (micros: string, currencyCode: string) =>
  currencyCode === "" ? undefined : moneyOf(BigInt(micros), currencyCode);
