import { isDeepStrictEqual } from "node:util";
import { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { MarketingEventChanged } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_events";
import type { UpdateMarketingEventRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { fillUp } from "../guests.ts";
import { change } from "../marketing-event.ts";
import { marketingEvents } from "../marketing-events.ts";
import { presentEvent } from "../present.ts";
import { requireEventParts } from "../require-event-parts.ts";

export const updateMarketingEvent = command<UpdateMarketingEventRequest, MarketingEvent>(
  async (request, at) => {
    const { marketingEvent: sent, etag, updateMask } = request;
    const before = await lock(at, marketingEvents, sent?.eventId ?? "");
    requireEtag(before, etag);
    const merged = merge(MarketingEvent, presentEvent(before), sent, updateMask);
    const kept = at.check(MarketingEvent, merged, "marketing_event");
    await requireEventParts(at, kept);
    const after = change(before, kept, at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentEvent(before);
    const recorded = record(at, marketingEvents, after, MarketingEventChanged);
    await fillUp(at, recorded);
    return presentEvent(recorded);
  },
);
