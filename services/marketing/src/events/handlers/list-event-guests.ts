import type {
  ListEventGuestsRequest,
  ListEventGuestsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { atEvent, guestFields, guests } from "../guests.ts";
import { marketingEvents } from "../marketing-events.ts";
import { presentGuest } from "../present.ts";

export const listEventGuests = query<ListEventGuestsRequest, ListEventGuestsResponse>(async (request, at) => {
  const [{ items, nextPageToken }] = await Promise.all([
    list(at, guests, {
      request,
      catalogue: guestFields,
      orders: ["invite_time"],
      where: [atEvent(request.eventId)],
    }),
    get(at, marketingEvents, request.eventId), // another tenant's event is not there
  ]);
  return { eventGuests: items.map(presentGuest), nextPageToken };
});
