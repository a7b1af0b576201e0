import type {
  ListValueRunsRequest,
  ListValueRunsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentRun } from "../value-run.ts";
import { valueRunFields, valueRuns } from "../value-runs.ts";

export const listValueRuns = query<ListValueRunsRequest, ListValueRunsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, valueRuns, {
    request: { ...request, orderBy: "create_time desc" },
    catalogue: valueRunFields,
    orders: ["create_time"],
  });
  return { valueRuns: items.map(presentRun), nextPageToken };
});
