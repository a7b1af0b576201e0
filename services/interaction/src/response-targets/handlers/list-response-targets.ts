import type {
  ListResponseTargetsRequest,
  ListResponseTargetsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../response-target.ts";
import { responseTargetFields, responseTargets } from "../response-targets.ts";

export const listResponseTargets = query<ListResponseTargetsRequest, ListResponseTargetsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, responseTargets, {
      request,
      catalogue: responseTargetFields,
      orders: ["create_time"],
    });
    return { responseTargets: items.map(present), nextPageToken };
  },
);
