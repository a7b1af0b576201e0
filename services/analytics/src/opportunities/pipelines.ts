import { mirror } from "@guanxi/bus/reaction";
import { Pipeline, Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { State } from "@guanxi/kit/columns";
import { nameOf } from "@guanxi/kit/enum-names";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { StageType } from "./opportunity-fact.ts";

interface PipelineState extends State {
  readonly pipelineId: string;
  readonly displayName: string;
  readonly isDefault: boolean;
  /** In the order of the way. */
  readonly stages: readonly { readonly id: string; readonly name: string; readonly type: StageType | null }[];
}

export const pipelines = table({
  entity: new EntitySchema<PipelineState>({
    name: "pipeline",
    tableName: "pipelines",
    columns: {
      pipelineId: { name: "pipeline_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      isDefault: { name: "is_default", type: "bool" },
      stages: { type: "jsonb" },
      version: { type: "int" },
    },
  }),
});

export const mirrorPipelines = mirror(Pipeline, pipelines, (pipeline, { version }) => ({
  pipelineId: pipeline.pipelineId,
  displayName: pipeline.displayName,
  isDefault: pipeline.default,
  stages: pipeline.stages.map(({ stageId, displayName, type }) => ({
    id: stageId,
    name: displayName,
    type: nameOf(Stage_Type, type),
  })),
  version,
}));
