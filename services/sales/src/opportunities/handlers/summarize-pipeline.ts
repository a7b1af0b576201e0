import type {
  SummarizePipelineRequest,
  SummarizePipelineResponse,
} from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { findDefault, pipelines } from "../../pipelines/pipelines.ts";
import { openSums, presentSums } from "../open-sums.ts";

export const summarizePipeline = query<SummarizePipelineRequest, SummarizePipelineResponse>(
  async ({ pipelineId, ownerId }, at) => {
    const pipeline = pipelineId ? await get(at, pipelines, pipelineId) : await findDefault(at);
    if (!pipeline) return { stages: [], totalCount: 0 }; // nobody has opened one yet
    return presentSums(await openSums(at, pipeline.pipelineId, ownerId.toLowerCase()), pipeline);
  },
);
