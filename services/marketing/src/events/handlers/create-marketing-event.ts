import { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { MarketingEventCreated } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_events";
import type { CreateMarketingEventRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create } from "../marketing-event.ts";
import { presentEvent } from "../present.ts";
import { requireEventParts } from "../require-event-parts.ts";
import { marketingEvents } from "../marketing-events.ts";

export const createMarketingEvent = command<CreateMarketingEventRequest, MarketingEvent>(
  async (request, at) => {
    const sent = MarketingEvent.fromPartial(request.marketingEvent ?? {});
    await requireEventParts(at, sent);
    return presentEvent(record(at, marketingEvents, create(sent, at.newId(), at.now), MarketingEventCreated));
  },
);
