import { Pipeline } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { PipelineChanged, PipelineCreated } from "@guanxi/contract/guanxi/sales/v1/pipeline_events";
import type { CreatePipelineRequest } from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create, withoutDefault } from "../pipeline.ts";
import { pipelineFor, pipelines, present, holdDefault } from "../pipelines.ts";

export const createPipeline = command<CreatePipelineRequest, Pipeline>(async (request, at) => {
  const pipeline = create(Pipeline.fromPartial(request.pipeline ?? {}), at.newId(), at.now);
  await holdDefault(at);
  const before = await pipelineFor(at, "");
  if (pipeline.isDefault) record(at, pipelines, withoutDefault(before, at.now), PipelineChanged);
  return present(record(at, pipelines, pipeline, PipelineCreated));
});
