import type { EventGuest } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { GuestRegistered, GuestWaitListed } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import type { RegisterGuestRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_event_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { register } from "../guest.ts";
import { guests, roomAt } from "../guests.ts";
import { requirePlanned } from "../marketing-event.ts";
import { presentGuest } from "../present.ts";
import { lockGuest } from "../require-guests.ts";

export const registerGuest = command<RegisterGuestRequest, EventGuest>(async (request, at) => {
  const { event, guest } = await lockGuest(at, request);
  requirePlanned(event);
  const after = register(guest, (await roomAt(at, event)) > 0, at.now);
  if (after === guest) return presentGuest(guest);
  const type = after.status === "WAITING" ? GuestWaitListed : GuestRegistered;
  return presentGuest(record(at, guests, after, type));
});
