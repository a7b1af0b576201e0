import { isDeepStrictEqual } from "node:util";
import { Pipeline } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { PipelineChanged } from "@guanxi/contract/guanxi/sales/v1/pipeline_events";
import type { UpdatePipelineRequest } from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change, withoutDefault } from "../pipeline.ts";
import { findDefault, holdDefault, pipelines, present, stagesInUse } from "../pipelines.ts";

export const updatePipeline = command<UpdatePipelineRequest, Pipeline>(async (request, at) => {
  const { pipeline: sent, etag, updateMask } = request;
  await holdDefault(at);
  const [before, main] = await Promise.all([lock(at, pipelines, sent?.pipelineId ?? ""), findDefault(at)]);
  requireEtag(before, etag);
  const merged = at.check(Pipeline, merge(Pipeline, present(before), sent, updateMask), "pipeline");
  const after = change(before, merged, await stagesInUse(at, before.pipelineId), at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  if (after.isDefault && !before.isDefault && main)
    record(at, pipelines, withoutDefault(main, at.now), PipelineChanged);
  return present(record(at, pipelines, after, PipelineChanged));
});
