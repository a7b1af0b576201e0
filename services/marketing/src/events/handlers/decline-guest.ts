import type { EventGuest } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { GuestDeclined } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import type { DeclineGuestRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { decline } from "../guest.ts";
import { fillUp, guests } from "../guests.ts";
import { requirePlanned } from "../marketing-event.ts";
import { presentGuest } from "../present.ts";
import { lockGuest } from "../require-guests.ts";

export const declineGuest = command<DeclineGuestRequest, EventGuest>(async (request, at) => {
  const { event, guest } = await lockGuest(at, request);
  requirePlanned(event);
  const after = decline(guest, at.now);
  if (after === guest) return presentGuest(guest);
  const recorded = record(at, guests, after, GuestDeclined);
  if (guest.status === "REGISTERED") await fillUp(at, event);
  return presentGuest(recorded);
});
