// What is left to be said of the guests once an event is over, a part at a time: nobody waits for a fair with thousands.
import type { Job, JobContext } from "@guanxi/bus/app";
import { EventFollowUpWanted, GuestMissed } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, named, record } from "@guanxi/kit/store";
import type { EventState, GuestState } from "./event-state.ts";
import { followUp, miss } from "./guest.ts";
import { guests } from "./guests.ts";
import { marketingEvents } from "./marketing-events.ts";

const AT_ONCE = 200;
const DAY_MS = 86_400_000;

export const afterEventJob: Job = {
  name: "after_event",
  async run({ tenantId, subjectId, signal }, context: JobContext) {
    const settings = await context.settingsOf(tenantId);
    const as = { tenantId, actor: "marketing/after-event", ...settings };
    // Whoever is told to stop must not say that it is done.
    while (await context.act(as, (at) => concludeSome(at, subjectId))) signal.throwIfAborted();
  },
};

/** Whether there may be more. */
async function concludeSome(at: At, eventId: string): Promise<boolean> {
  const [event] = await find(at, marketingEvents, [eventId]);
  if (event?.state !== "HELD") return false;
  const left = await leftOf(at, event);
  const found = await lock(at, guests, left);
  const missed = found.filter(({ status }) => status === "REGISTERED").map(miss);
  const known = new Map(record(at, guests, missed, GuestMissed).map((guest) => [guest.guestId, guest]));
  if (event.followUp !== "")
    wantFollowUp(
      at,
      event,
      found.map((guest) => known.get(guest.guestId) ?? guest),
    );
  return left.length === AT_ONCE;
}

/** Asked anew each time, so whatever breaks, each guest is concluded once. */
async function leftOf(at: At, { eventId, followUp: wanted }: EventState): Promise<string[]> {
  const rows = await named<{ id: string }>(at, {
    name: "event guests left",
    text: `select guest_id as id from event_guests where event_id = $1
        and (status = 'REGISTERED' or $2 and status in ('ATTENDED', 'NO_SHOW') and follow_up_time is null)
      order by guest_id limit ${AT_ONCE}`,
    values: [eventId, wanted !== ""],
  });
  return rows.map(({ id }) => id);
}

function wantFollowUp(at: At, event: EventState, of: readonly GuestState[]): void {
  const open = of.filter(({ followUpTime }) => followUpTime === null);
  const dueTime = new Date(event.endTime.getTime() + event.followUpDays * DAY_MS);
  record(
    at,
    guests,
    open.map((guest) => followUp(guest, at.now)),
    EventFollowUpWanted,
    {
      title: event.followUp,
      eventName: event.name,
      dueTime,
    },
  );
}
