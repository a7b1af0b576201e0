import { enqueue } from "@guanxi/bus/enqueue";
import type { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { MarketingEventClosed } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_events";
import type { CloseMarketingEventRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { afterEventJob } from "../after-event.ts";
import { close } from "../marketing-event.ts";
import { marketingEvents } from "../marketing-events.ts";
import { presentEvent } from "../present.ts";

export const closeMarketingEvent = command<CloseMarketingEventRequest, MarketingEvent>(
  async (request, at) => {
    const before = await lock(at, marketingEvents, request.eventId);
    matchEtag(before, request.etag);
    const after = close(before, at.now);
    if (after === before) return presentEvent(before);
    enqueue(at, afterEventJob.name, before.eventId);
    return presentEvent(record(at, marketingEvents, after, MarketingEventClosed));
  },
);
