import type {
  ListInteractionsRequest,
  ListInteractionsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { interactionFields, interactions } from "../interactions.ts";
import { present } from "../present.ts";

export const listInteractions = query<ListInteractionsRequest, ListInteractionsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, interactions, {
      request,
      catalogue: interactionFields,
      orders: ["event_time", "create_time", "update_time"],
    });
    return { interactions: items.map(present), nextPageToken };
  },
);
