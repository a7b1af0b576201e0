import type {
  ListVisitsRequest,
  ListVisitsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../present.ts";
import { visitFields, visits } from "../visits.ts";

export const listVisits = query<ListVisitsRequest, ListVisitsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, visits, {
    request,
    catalogue: visitFields,
    orders: ["planned_start_time", "create_time", "update_time"],
  });
  return { visits: items.map(present), nextPageToken };
});
