import { onState } from "@guanxi/bus/reaction";
import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { ForecastCategory, Pipeline, Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { PipelineCreated } from "@guanxi/contract/guanxi/sales/v1/pipeline_events";
import type { At } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { named, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { numberOf } from "@guanxi/kit/enum-names";
import { firstPipeline, type PipelineState } from "./pipeline.ts";

const pipelineTable = new EntitySchema<PipelineState>({
  name: "pipeline",
  tableName: "pipelines",
  columns: {
    pipelineId: { name: "pipeline_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    stages: { type: "jsonb" },
    isDefault: { name: "is_default", type: "bool" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

/** The whole public state, as events carry it. */
export const present = (pipeline: PipelineState): Pipeline => ({
  pipelineId: pipeline.pipelineId,
  displayName: pipeline.displayName,
  stages: pipeline.stages.map(({ type, forecastCategory, ...stage }) => ({
    ...stage,
    type: numberOf(Stage_Type, type),
    forecastCategory: numberOf(ForecastCategory, forecastCategory),
  })),
  default: pipeline.isDefault,
  createTime: pipeline.createTime,
  updateTime: pipeline.updateTime,
  etag: etagOf(pipeline),
});

export const pipelines = table({ entity: pipelineTable, message: Pipeline, present });

export const pipelineFields = catalogue<PipelineState>({ id: "pipeline_id", side: "" }, [
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: ({ displayName }) => displayName,
  },
  { name: "default", type: "bool", stored: { column: "is_default" }, read: ({ isDefault }) => isDefault },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** Which one is the default changes one at a time. */
export async function holdDefault(at: At): Promise<void> {
  at.claim("pipelines default");
  await named(at, {
    name: "pipelines hold",
    text: "select pg_advisory_xact_lock(hashtextextended('pipelines ' || tenant()::text, 0))",
    values: [],
  });
}

/** Nobody takes a stage away before this command has ended, and whoever else enters one does not wait. */
const SHARED = `${pipelines.select} where pipeline_id = $1 for share`;

const DEFAULT = `${pipelines.select} where is_default`;

export async function findDefault(at: At): Promise<PipelineState | undefined> {
  const [found] = await named<PipelineState>(at, { name: "pipelines default", text: DEFAULT, values: [] });
  if (found) at.known.set(`${pipelines.name} ${found.pipelineId}`, found);
  return found;
}

/** For commands: the pipeline that was named, else the default one, which is made where there is none yet. */
export async function pipelineFor(at: At, pipelineId: string): Promise<PipelineState> {
  const id = pipelineId || (await findDefault(at))?.pipelineId;
  if (id === undefined) return ensureDefault(at);
  const [found] = await named<PipelineState>(at, { name: "pipelines share", text: SHARED, values: [id] });
  if (found) return found;
  throw refuse("invalid", "UNKNOWN_PIPELINE", "There is no such pipeline.", [
    { field: "pipeline_id", description: "is no pipeline", reason: "UNKNOWN_PIPELINE" },
  ]);
}

/** Every tenant has a pipeline from the beginning: it is made when sales hears of the tenant, or needs it before. */
async function ensureDefault(at: At): Promise<PipelineState> {
  await holdDefault(at);
  const made = await findDefault(at);
  return made ?? record(at, pipelines, firstPipeline(at.newId(), at.now), PipelineCreated);
}

/** For commands: all of them, held as they are, with the first one where there is none yet. */
export async function allPipelines(at: At): Promise<PipelineState[]> {
  const all = await named<PipelineState>(at, {
    name: "pipelines share all",
    text: `${pipelines.select} order by pipeline_id for share`,
    values: [],
  });
  return all.length > 0 ? all : [await ensureDefault(at)];
}

/** For questions before anybody has sold anything: the first one as it will be. */
export async function pipelinesOrFirst(at: At): Promise<PipelineState[]> {
  const all = await named<PipelineState>(at, { name: "pipelines all", text: pipelines.select, values: [] });
  return all.length > 0 ? all : [firstPipeline(at.newId(), at.now)];
}

/** A projection and not an effect, so that it hears of the tenants of before, too; it does nothing twice. */
export const furnishTenants = onState(Tenant, [], async (_changes, at) => {
  await ensureDefault(at);
});

/** The stages that opportunities are in, won and lost ones too. */
export async function stagesInUse(at: At, pipelineId: string): Promise<string[]> {
  const rows = await named<{ stageId: string }>(at, {
    name: "pipelines stages in use",
    text: `
select s."stageId" from pipelines p cross join lateral jsonb_to_recordset(p.stages) as s ("stageId" text)
cross join lateral (select from opportunities o where o.pipeline_id = p.pipeline_id and o.stage_id = s."stageId" limit 1) used
where p.pipeline_id = $1`,
    values: [pipelineId],
  });
  return rows.map(({ stageId }) => stageId);
}
