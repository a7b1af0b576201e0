import type {
  ListReturnVisitsRequest,
  ListReturnVisitsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/return_visit_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../return-visit.ts";
import { returnVisitFields, returnVisits } from "../return-visits.ts";

export const listReturnVisits = query<ListReturnVisitsRequest, ListReturnVisitsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, returnVisits, {
      request: { ...request, orderBy: request.orderBy || "event_time desc" },
      catalogue: returnVisitFields,
      orders: ["event_time", "create_time"],
    });
    return { returnVisits: items.map(present), nextPageToken };
  },
);
