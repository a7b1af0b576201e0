import type { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { MarketingEventCancelled } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_events";
import type { CancelMarketingEventRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { cancel } from "../marketing-event.ts";
import { marketingEvents } from "../marketing-events.ts";
import { presentEvent } from "../present.ts";

export const cancelMarketingEvent = command<CancelMarketingEventRequest, MarketingEvent>(
  async ({ eventId, etag, reason }, at) => {
    const before = await lock(at, marketingEvents, eventId);
    matchEtag(before, etag);
    const after = cancel(before, at.now);
    return presentEvent(
      after === before ? before : record(at, marketingEvents, after, MarketingEventCancelled, { reason }),
    );
  },
);
