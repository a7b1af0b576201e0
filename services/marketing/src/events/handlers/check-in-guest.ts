import { enqueue } from "@guanxi/bus/enqueue";
import type { EventGuest } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { GuestAttended } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import type { CheckInGuestRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { record } from "@guanxi/kit/store";
import { afterEventJob } from "../after-event.ts";
import { attend } from "../guest.ts";
import { guests } from "../guests.ts";
import { presentGuest } from "../present.ts";
import { lockGuest } from "../require-guests.ts";

export const checkInGuest = command<CheckInGuestRequest, EventGuest>(async (request, at) => {
  const { event, guest } = await lockGuest(at, request);
  if (event.state === "CANCELLED")
    throw refuse("precondition", "EVENT_CANCELLED", "The event was cancelled: nobody can be there.");
  const after = attend(guest, at.now);
  if (after === guest) return presentGuest(guest);
  // Who is written down behind the end is followed up like the others.
  if (event.state === "HELD") enqueue(at, afterEventJob.name, event.eventId);
  return presentGuest(record(at, guests, after, GuestAttended));
});
