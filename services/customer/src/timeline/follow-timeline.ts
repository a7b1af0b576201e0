import type { Reaction } from "@guanxi/bus/reaction";
import { keepEntries, moveEntries, type TimelineArea } from "./entries.ts";
import { entryOf } from "./entry.ts";

/** Every event that concerns a customer, whatever it is called. */
export const followTimeline = (area: TimelineArea): Reaction => ({
  tables: [`timeline_${area}`],
  react(events, at) {
    const ofSomebody = events.filter(({ meta }) => meta.customerId !== "");
    keepEntries(at, area, ofSomebody.map(entryOf));
    const moved = ofSomebody.filter(
      ({ meta, envelope }) => meta.version > 1 && envelope.changedFields?.includes("customer_id"),
    );
    moveEntries(at, area, new Map(moved.map(({ meta }) => [meta.aggregateId, meta.customerId])));
  },
});
