import { EventGuest, EventGuest_Status } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { GuestRegistered } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { type Condition, where } from "@guanxi/kit/list";
import { lock, named, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { EventState, GuestState, GuestStatus } from "./event-state.ts";
import { moveUp } from "./guest.ts";
import { presentGuest } from "./present.ts";

export const guests = table({
  entity: new EntitySchema<GuestState>({
    name: "event_guest",
    tableName: "event_guests",
    columns: {
      guestId: { name: "guest_id", type: "uuid", primary: true },
      eventId: { name: "event_id", type: "uuid" },
      customerId: { name: "customer_id", type: "uuid" },
      status: { type: "text" },
      inviteTime: { name: "invite_time", type: "timestamptz" },
      registerTime: { name: "register_time", type: "timestamptz", nullable: true },
      declineTime: { name: "decline_time", type: "timestamptz", nullable: true },
      attendTime: { name: "attend_time", type: "timestamptz", nullable: true },
      followUpTime: { name: "follow_up_time", type: "timestamptz", nullable: true },
      version: { type: "int" },
    },
  }),
  message: EventGuest,
  present: presentGuest,
  customerOf: ({ customerId }) => customerId,
});

/** What a condition over guests may name, as published at ListEventGuestsRequest.filter. */
export const guestFields = catalogue<GuestState>({ id: "guest_id", side: "" }, [
  column("invite_time", "time", ({ inviteTime }) => inviteTime),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("status", "enum", ({ status }) => status, { values: namesOf(EventGuest_Status) }),
]);

export const atEvent = (eventId: string): Condition => where("event_id = ?::uuid", eventId);

/** Which of these customers are guests already; whoever is one twice since a merge, as the first of them. */
export async function guestsAmong(
  at: At,
  eventId: string,
  customerIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ customerId: string; guestId: string }>(at, {
    name: "event guests among",
    text: `select distinct on (customer_id) customer_id as "customerId", guest_id as "guestId" from event_guests
      where event_id = $1 and customer_id = any($2::uuid[]) order by customer_id, invite_time, guest_id`,
    values: [eventId, customerIds],
  });
  return new Map(rows.map(({ customerId, guestId }) => [customerId, guestId]));
}

interface GuestCount {
  readonly status: GuestStatus;
  readonly count: number;
  readonly followedUp: number;
}

export const guestCounts = (at: At, eventId: string): Promise<GuestCount[]> =>
  named<GuestCount>(at, {
    name: "event guests count",
    text: `select status, count(*)::int as count, count(follow_up_time)::int as "followedUp"
      from event_guests where event_id = $1 group by status`,
    values: [eventId],
  });

/** How many more may register; the event is locked, so nobody else takes a place meanwhile. */
export async function roomAt(at: At, { eventId, capacity }: EventState): Promise<number> {
  if (capacity === 0) return Number.POSITIVE_INFINITY;
  const counts = await guestCounts(at, eventId);
  const taken = counts.filter(({ status }) => status === "REGISTERED" || status === "ATTENDED");
  return Math.max(0, capacity - taken.reduce((all, { count }) => all + count, 0));
}

/** Those who wait longest get the places that are free. */
export async function fillUp(at: At, event: EventState): Promise<void> {
  const room = await roomAt(at, event);
  if (room === 0) return;
  const waiting = await named<{ id: string }>(at, {
    name: "event guests waiting",
    text: `select guest_id as id from event_guests where event_id = $1 and status = 'WAITING'
      order by register_time, guest_id limit $2::bigint`,
    values: [event.eventId, Math.min(room, 10_000)],
  });
  const next = await lock(
    at,
    guests,
    waiting.map(({ id }) => id),
  );
  record(at, guests, next.map(moveUp), GuestRegistered);
}
