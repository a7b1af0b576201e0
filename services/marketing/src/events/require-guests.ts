import type { At } from "@guanxi/kit/at";
import { lock, lockFound } from "@guanxi/kit/store";
import { requireCustomers } from "../campaigns/references.ts";
import type { EventState, GuestState } from "./event-state.ts";
import { guestIdOf, invite } from "./guest.ts";
import { guests, guestsAmong } from "./guests.ts";
import { marketingEvents } from "./marketing-events.ts";

/** The event, which nobody else changes the guests of meanwhile, and the guest: a new one where there was none. */
export async function lockGuest(
  at: At,
  request: { readonly eventId: string; readonly customerId: string },
): Promise<{ readonly event: EventState; readonly guest: GuestState }> {
  const event = await lock(at, marketingEvents, request.eventId);
  const [customerId] = (await requireCustomers(at, [request.customerId.toLowerCase()])) as [string];
  const there = await guestsAmong(at, event.eventId, [customerId]);
  const guestId = there.get(customerId) ?? guestIdOf(at.tenantId, event.eventId, customerId);
  const [guest] = await lockFound(at, guests, [guestId]);
  if (guest) return { event, guest };
  return { event, guest: invite({ guestId, eventId: event.eventId, customerId }, at.now) };
}
