import type {
  ListPipelinesRequest,
  ListPipelinesResponse,
} from "@guanxi/contract/guanxi/sales/v1/pipeline_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { pipelineFields, pipelines, present } from "../pipelines.ts";

export const listPipelines = query<ListPipelinesRequest, ListPipelinesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, pipelines, {
    request,
    catalogue: pipelineFields,
    orders: ["display_name", "create_time"],
  });
  return { pipelines: items.map(present), nextPageToken };
});
