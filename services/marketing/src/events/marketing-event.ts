// What an event may be, and how it ends.
import type { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { refuse } from "@guanxi/kit/refuse";
import { refuseAny } from "../dates.ts";
import type { EventState } from "./event-state.ts";

export const create = (sent: MarketingEvent, eventId: string, now: Date): EventState => ({
  eventId,
  ...particulars(sent),
  state: "PLANNED",
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(before: EventState, sent: MarketingEvent, now: Date): EventState {
  requirePlanned(before);
  return { ...before, ...particulars(sent), updateTime: now };
}

function particulars(sent: MarketingEvent) {
  const [startTime, endTime] = [sent.startTime!, sent.endTime!]; // required by the contract
  if (endTime < startTime) {
    const description = "is before start_time";
    refuseAny([{ field: "marketing_event.end_time", description, reason: "END_BEFORE_START" }]);
  }
  return {
    name: sent.name,
    description: sent.description,
    place: sent.place,
    startTime,
    endTime,
    capacity: sent.capacity,
    campaignId: sent.campaignId.toLowerCase() || null,
    followUp: sent.followUp,
    followUpDays: sent.followUpDays,
    ownerId: sent.ownerId.toLowerCase() || null,
  };
}

export function requirePlanned({ state }: EventState): void {
  if (state !== "PLANNED")
    throw refuse("precondition", "EVENT_OVER", `The event is ${state}: it is too late for that.`);
}

export function close(before: EventState, now: Date): EventState {
  if (before.state === "HELD") return before;
  requirePlanned(before);
  if (now < before.startTime)
    throw refuse("precondition", "EVENT_NOT_BEGUN", "The event has not begun: cancel it, or wait for it.");
  return { ...before, state: "HELD", updateTime: now };
}

export function cancel(before: EventState, now: Date): EventState {
  if (before.state === "CANCELLED") return before;
  requirePlanned(before);
  return { ...before, state: "CANCELLED", updateTime: now };
}
