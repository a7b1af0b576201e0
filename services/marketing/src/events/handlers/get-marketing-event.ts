import type { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import type { GetMarketingEventRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentEvent } from "../present.ts";
import { marketingEvents } from "../marketing-events.ts";

export const getMarketingEvent = query<GetMarketingEventRequest, MarketingEvent>(async ({ eventId }, at) =>
  presentEvent(await get(at, marketingEvents, eventId)),
);
