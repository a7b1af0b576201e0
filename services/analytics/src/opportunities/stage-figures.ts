import type { At } from "@guanxi/kit/at";
import { built, find, named } from "@guanxi/kit/store";
import { refuse } from "@guanxi/kit/refuse";
import type { Period } from "../figures.ts";
import { parameters } from "../parameters.ts";
import type { StageType } from "./opportunity-fact.ts";
import { opportunityFields } from "./opportunity-fields.ts";
import { pipelines } from "./pipelines.ts";
import { SEEN } from "./seen-opportunities.ts";

export interface StageCounted {
  readonly stageId: string;
  readonly name: string;
  readonly type: StageType | null;
  readonly entered: number;
  readonly advanced: number;
  readonly lost: number;
  readonly staying: number;
  readonly returned: number;
  readonly meanDays: number | null;
  readonly medianDays: number | null;
  readonly daysCount: number;
}

interface StageQuestion {
  readonly pipelineId: string;
  readonly period: Period;
  readonly filter: string;
}

/** That of the question, else the tenant's default one; undefined before the first one has been heard of. */
export async function pipelineAsked(at: At, pipelineId: string): Promise<string | undefined> {
  if (!pipelineId) {
    const text =
      'select pipeline_id as "pipelineId" from pipelines where is_default order by pipeline_id limit 1';
    const [found] = await named<{ pipelineId: string }>(at, {
      name: "pipeline by default",
      text,
      values: [],
    });
    return found?.pipelineId;
  }
  const [found] = await find(at, pipelines, [pipelineId]);
  if (!found) throw refuse("notFound", "NOT_FOUND", `There is no pipeline ${pipelineId} here.`);
  return pipelineId;
}

/** From a stage that the pipeline does not have any more nobody returns: it is not known where it stood. */
export async function stageFiguresOf(at: At, { pipelineId, period, filter }: StageQuestion) {
  const { values, add, addFilter } = parameters();
  const pipeline = add(pipelineId, "uuid");
  const where = [
    `e.pipeline_id = ${pipeline}`,
    period.from && `e.enter_date >= ${add(period.from, "date")}`,
    period.until && `e.enter_date < ${add(period.until, "date")}`,
    addFilter(filter, opportunityFields, "o", at),
  ].filter(Boolean);
  const text = `
with stages as (
  select s.value ->> 'id' as id, s.value ->> 'name' as name, s.value ->> 'type' as type, s.place
  from pipelines n, jsonb_array_elements(n.stages) with ordinality s (value, place) where n.pipeline_id = ${pipeline}
), entries as (
  select e.stage_id, e.leave_date - e.enter_date as days, case
    when e.next_stage_id is null then 'staying'
    when e.next_stage_type = 'LOST' then 'lost'
    when e.next_stage_type = 'OPEN' and next.place < here.place then 'returned'
    else 'advanced' end as outcome
  from stage_entries e
  ${filter ? `join ${SEEN} o on o.opportunity_id = e.opportunity_id` : ""}
  join stages here on here.id = e.stage_id left join stages next on next.id = e.next_stage_id
  where ${where.join(" and ")}
)
select s.id as "stageId", s.name, s.type, count(e.stage_id)::int as entered,
  ${OUTCOMES.map((is) => `count(*) filter (where e.outcome = '${is}')::int as ${is}`).join(", ")},
  avg(e.days)::float8 as "meanDays", percentile_cont(0.5) within group (order by e.days) as "medianDays",
  count(e.days)::int as "daysCount"
from stages s left join entries e on e.stage_id = s.id
group by s.id, s.name, s.type, s.place order by s.place`;
  return built<StageCounted>(at, { text, values });
}

const OUTCOMES = ["advanced", "lost", "staying", "returned"];
