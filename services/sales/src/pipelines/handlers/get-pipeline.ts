import type { Pipeline } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { GetPipelineRequest } from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { pipelines, present } from "../pipelines.ts";

export const getPipeline = query<GetPipelineRequest, Pipeline>(async ({ pipelineId }, at) =>
  present(await get(at, pipelines, pipelineId)),
);
