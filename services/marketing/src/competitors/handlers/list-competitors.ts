import type {
  ListCompetitorsRequest,
  ListCompetitorsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/competitor_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentCompetitor } from "../present.ts";
import { competitorFields, competitors } from "../competitors.ts";

export const listCompetitors = query<ListCompetitorsRequest, ListCompetitorsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, competitors, {
    request,
    catalogue: competitorFields,
    orders: ["name", "create_time", "update_time"],
  });
  return { competitors: items.map(presentCompetitor), nextPageToken };
});
