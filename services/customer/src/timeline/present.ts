import type { TimelineEntry } from "@guanxi/contract/guanxi/customer/v1/timeline_service";
import { Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import { numberOf } from "@guanxi/kit/enum-names";
import type { NameOf } from "@guanxi/kit/enum-names";
import { moneyOf } from "@guanxi/kit/micros";
import { MASK } from "@guanxi/kit/personal";
import type { EntryState } from "./entry.ts";

/** `open` says whether the caller may read who and what stands behind it. */
export const presentEntry = (entry: EntryState, open: boolean): TimelineEntry => ({
  entryId: entry.entryId,
  time: entry.time,
  toldTime: entry.toldTime,
  area: entry.area,
  kind: entry.kind,
  channel: entry.channel ?? "",
  direction: entry.direction ?? "",
  actor: {
    kind: numberOf(Actor_Kind, entry.actorKind as NameOf<typeof Actor_Kind>), // written by entryOf
    id: entry.actorId,
    name: entry.actorName,
  },
  title: open || entry.title === "" ? entry.title : MASK,
  number: entry.number,
  amount: entry.amountMicros === null ? undefined : moneyOf(entry.amountMicros, entry.currencyCode ?? ""),
  link: { type: entry.aggregateType, id: entry.aggregateId },
  origin: entry.origin,
  minor: entry.minor,
  customerId: entry.customerId,
});
