// What a pipeline is: stages in their order, whose type decides what being there means.
import {
  ForecastCategory,
  type Pipeline,
  type Stage,
  Stage_Type,
} from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";

export type StageType = NameOf<typeof Stage_Type>;
export type Forecast = NameOf<typeof ForecastCategory>;

export interface StageState {
  readonly stageId: string;
  readonly displayName: string;
  readonly type: StageType;
  readonly defaultProbability: number;
  readonly forecastCategory: Forecast;
}

export interface PipelineState {
  readonly pipelineId: string;
  readonly displayName: string;
  readonly stages: readonly StageState[];
  readonly isDefault: boolean;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export const create = (sent: Pipeline, pipelineId: string, now: Date): PipelineState => ({
  ...particulars(sent),
  pipelineId,
  createTime: now,
  updateTime: now,
  version: 0,
});

/** `inUse` are the stages that opportunities are in. */
export function change(
  pipeline: PipelineState,
  sent: Pipeline,
  inUse: readonly string[],
  now: Date,
): PipelineState {
  const after = { ...pipeline, ...particulars(sent), updateTime: now };
  if (pipeline.isDefault && !after.isDefault) throw notWithoutDefault();
  const lost = inUse.filter((id) => typeOf(after, id) !== typeOf(pipeline, id));
  if (lost.length === 0) return after;
  throw refuse(
    "precondition",
    "STAGE_IN_USE",
    `Opportunities are in ${lost.join(", ")}: move them first.`,
    lost.map((id) => ({ field: "pipeline.stages", description: `${id} is in use`, reason: "STAGE_IN_USE" })),
  );
}

const typeOf = ({ stages }: PipelineState, id: string) => stages.find(({ stageId }) => stageId === id)?.type;

export const withoutDefault = (pipeline: PipelineState, now: Date): PipelineState => ({
  ...pipeline,
  isDefault: false,
  updateTime: now,
});

const notWithoutDefault = () =>
  refuse("invalid", "INVALID_REQUEST", "Make another pipeline the default, and this one no longer is.", [
    { field: "pipeline.default", description: "is taken away by setting it elsewhere", reason: "DEFAULT" },
  ]);

function particulars(sent: Pipeline) {
  const violations = violationsOf(sent.stages);
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The stages do not make a pipeline.", violations);
  return { displayName: sent.displayName, stages: sent.stages.map(stageOf), isDefault: sent.default };
}

function stageOf(sent: Stage): StageState {
  const type = nameOf(Stage_Type, sent.type) ?? "OPEN";
  const { stageId, displayName, defaultProbability } = sent;
  const forecastCategory = nameOf(ForecastCategory, sent.forecastCategory) ?? FORECASTS[type];
  return { stageId, displayName, type, defaultProbability, forecastCategory };
}

const FORECASTS: Record<StageType, Forecast> = { OPEN: "PIPELINE", WON: "CLOSED", LOST: "OMITTED" };

function violationsOf(stages: readonly Stage[]): Violation[] {
  const found = stages.flatMap((stage, index) => stageViolations(stage, `pipeline.stages[${index}]`));
  const ids = stages.map(({ stageId }) => stageId);
  if (new Set(ids).size < ids.length)
    found.push({ field: "pipeline.stages", description: "must not repeat a stage_id" });
  for (const [name, type] of Object.entries(Stage_Type))
    if (type > 0 && !stages.some((stage) => stage.type === type))
      found.push({ field: "pipeline.stages", description: `need one of type ${name}` });
  return found;
}

function stageViolations({ type, defaultProbability, forecastCategory }: Stage, field: string): Violation[] {
  const wanted = { [Stage_Type.WON]: 100, [Stage_Type.LOST]: 0 }[type as number];
  const probability =
    wanted === undefined || wanted === defaultProbability
      ? []
      : [{ field: `${field}.default_probability`, description: `must be ${wanted} in a stage of this type` }];
  const forecast = nameOf(ForecastCategory, forecastCategory);
  const fits = forecast === null || fitsType(forecast, nameOf(Stage_Type, type) ?? "OPEN");
  return fits
    ? probability
    : [...probability, { field: `${field}.forecast_category`, description: "does not go with the type" }];
}

/** Won deals are closed, lost ones omitted, and an open one is anything but closed. */
export const fitsType = (forecast: Forecast, type: StageType) =>
  type === "OPEN" ? forecast !== "CLOSED" : forecast === FORECASTS[type];

export const firstOf = ({ stages }: PipelineState, type: StageType): StageState =>
  stages.find((stage) => stage.type === type)!;

export const stageIn = ({ stages }: PipelineState, stageId: string): StageState | undefined =>
  stages.find((stage) => stage.stageId === stageId);

const stage = (
  stageId: string,
  displayName: string,
  defaultProbability: number,
  type: StageType = "OPEN",
): StageState => ({ stageId, displayName, type, defaultProbability, forecastCategory: FORECASTS[type] });

/** What every tenant sells by until it says otherwise. */
export const firstPipeline = (pipelineId: string, now: Date): PipelineState => ({
  pipelineId,
  displayName: "Sales",
  stages: [
    stage("prospecting", "Prospecting", 10),
    stage("qualification", "Qualification", 20),
    stage("needs_analysis", "Needs Analysis", 30),
    stage("proposal", "Proposal", 50),
    stage("negotiation", "Negotiation", 75),
    stage("closed_won", "Closed Won", 100, "WON"),
    stage("closed_lost", "Closed Lost", 0, "LOST"),
  ],
  isDefault: true,
  createTime: now,
  updateTime: now,
  version: 0,
});
