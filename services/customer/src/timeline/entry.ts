// What the timeline says of an event. Of any event that concerns a customer: a new type needs no line here.
import type { Incoming } from "@guanxi/bus/reaction";
import { Actor_Kind, Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { nameOf } from "@guanxi/kit/enum-names";
import { microsOf } from "@guanxi/kit/micros";
import { happenedTime, MINOR, resourceOf, type Said, saidOf, snake, thingOf } from "./known.ts";

export interface EntryState {
  readonly entryId: string;
  readonly customerId: string;
  readonly time: Date;
  readonly toldTime: Date;
  readonly area: string;
  readonly kind: string;
  readonly resource: string;
  readonly minor: boolean;
  /** In lower_snake, as campaign_member. */
  readonly aggregateType: string;
  readonly aggregateId: string;
  /** The aggregate's. */
  readonly version: number;
  readonly channel: string | null;
  readonly direction: string | null;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly origin: string;
  readonly title: string;
  readonly number: string;
  readonly amountMicros: bigint | null;
  readonly currencyCode: string | null;
}

export function entryOf(event: Incoming): EntryState {
  const { meta, type } = event;
  const [, area = "", , name = ""] = type.split(".");
  const said = saidOf(event);
  return {
    entryId: meta.eventId,
    customerId: meta.customerId,
    time: timeOf(event, said, name),
    toldTime: meta.time!,
    area,
    kind: snake(name),
    resource: resourceOf(meta.aggregateType),
    minor: MINOR.has(name),
    aggregateType: thingOf(meta.aggregateType),
    aggregateId: meta.aggregateId,
    version: meta.version,
    origin: nameOf(Origin, meta.origin) ?? "",
    ...actorOf(meta),
    ...wordsOf(said),
  };
}

const actorOf = ({ actor }: Incoming["meta"]) => ({
  actorKind: nameOf(Actor_Kind, actor?.kind ?? 0) ?? "",
  actorId: actor?.id ?? "",
  actorName: actor?.name ?? "",
});

const wordsOf = ({ channel, direction, title, number, amount }: Said) => ({
  channel: channel ?? null,
  direction: direction ?? null,
  title: title ?? "",
  number: number ?? "",
  amountMicros: amount ? microsOf(amount) : null,
  currencyCode: amount?.currencyCode ?? null,
});

/**
 * When it happened, which is not when it was told: a file tells of years ago, and a call is written down after lunch. An event that
 * brings something to the customer is as old as that thing; any other happened when it was said, unless it knows better.
 */
function timeOf(event: Incoming, said: Said, name: string): Date {
  const { meta, envelope } = event;
  const comes =
    meta.version === 1 || meta.origin === Origin.IMPORT || envelope.changedFields?.includes("customer_id");
  return happenedTime(event, name) ?? (comes ? said.begun : undefined) ?? meta.time!;
}
