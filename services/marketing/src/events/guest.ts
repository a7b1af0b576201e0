// What is known of a guest's coming, and how it changes. What is said twice changes nothing.
import { refuse } from "@guanxi/kit/refuse";
import { madeId } from "@guanxi/kit/made-id";
import type { GuestState } from "./event-state.ts";

/** The same guest of an event, however often the customer is named. */
export const guestIdOf = (tenantId: string, eventId: string, customerId: string): string =>
  madeId(tenantId, "event guest", eventId, customerId);

interface Invited {
  readonly guestId: string;
  readonly eventId: string;
  readonly customerId: string;
}

export const invite = (of: Invited, now: Date): GuestState => ({
  ...of,
  status: "INVITED",
  inviteTime: now,
  registerTime: null,
  declineTime: null,
  attendTime: null,
  followUpTime: null,
  version: 0,
});

const COMES = new Set<GuestState["status"]>(["REGISTERED", "WAITING", "ATTENDED"]);

/** Who waits keeps the place in the queue. */
export function register(guest: GuestState, hasRoom: boolean, now: Date): GuestState {
  if (COMES.has(guest.status)) return guest;
  return { ...guest, status: hasRoom ? "REGISTERED" : "WAITING", registerTime: now };
}

export const moveUp = (guest: GuestState): GuestState => ({ ...guest, status: "REGISTERED" });

export function decline(guest: GuestState, now: Date): GuestState {
  if (guest.status === "ATTENDED")
    throw refuse("precondition", "GUEST_ATTENDED", "The guest is there, and cannot decline any more.");
  return guest.status === "DECLINED" ? guest : { ...guest, status: "DECLINED", declineTime: now };
}

export const attend = (guest: GuestState, now: Date): GuestState =>
  guest.status === "ATTENDED" ? guest : { ...guest, status: "ATTENDED", attendTime: now };

export const miss = (guest: GuestState): GuestState => ({ ...guest, status: "NO_SHOW" });

export const followUp = (guest: GuestState, now: Date): GuestState => ({ ...guest, followUpTime: now });
