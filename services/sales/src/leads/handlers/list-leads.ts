import type { ListLeadsRequest, ListLeadsResponse } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { leadFields, leads } from "../leads.ts";
import { present } from "../present.ts";

export const listLeads = query<ListLeadsRequest, ListLeadsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, leads, {
    request,
    catalogue: leadFields,
    orders: ["create_time", "update_time", "organisation_name"],
  });
  return { leads: items.map(present), nextPageToken };
});
