import { type EventGuest, EventGuest_Status } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import {
  type MarketingEvent,
  MarketingEvent_State,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { EventState, GuestState } from "./event-state.ts";

/** The whole public state, as events carry it. */
export const presentEvent = ({ version, ...it }: EventState): MarketingEvent => ({
  ...it,
  campaignId: it.campaignId ?? "",
  ownerId: it.ownerId ?? "",
  state: numberOf(MarketingEvent_State, it.state),
  etag: etagOf({ version }),
});

export const presentGuest = ({ version, ...it }: GuestState): EventGuest => ({
  ...it,
  status: numberOf(EventGuest_Status, it.status),
  registerTime: it.registerTime ?? undefined,
  declineTime: it.declineTime ?? undefined,
  attendTime: it.attendTime ?? undefined,
  followUpTime: it.followUpTime ?? undefined,
  etag: etagOf({ version }),
});
