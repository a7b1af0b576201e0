import type {
  ListMarketingEventsRequest,
  ListMarketingEventsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentEvent } from "../present.ts";
import { eventFields, marketingEvents } from "../marketing-events.ts";

export const listMarketingEvents = query<ListMarketingEventsRequest, ListMarketingEventsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, marketingEvents, {
      request,
      catalogue: eventFields,
      orders: ["start_time", "create_time", "update_time"],
    });
    return { marketingEvents: items.map(presentEvent), nextPageToken };
  },
);
