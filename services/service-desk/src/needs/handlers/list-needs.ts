import type {
  ListNeedsRequest,
  ListNeedsResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { needFields, needs } from "../needs.ts";
import { present } from "../present.ts";

export const listNeeds = query<ListNeedsRequest, ListNeedsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, needs, {
    request,
    catalogue: needFields,
    orders: ["create_time", "update_time", "identify_time"],
  });
  return { needs: items.map(present), nextPageToken };
});
