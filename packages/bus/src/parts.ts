import { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import type { Incoming, Reader } from "./reaction.ts";
import type { Received } from "./received.ts";

/**
 * What goes into a transaction each. A projection takes all at once. An effect locks rows that commands want too, each event
 * in its own order: held for hundreds of events, people would be refused, and two would wait for each other.
 */
export function partsOf<R extends Received>(reader: Reader, batch: readonly R[]): R[][] {
  if (reader.kind === "projection") return [[...batch]];
  const parts: R[][] = [[]];
  for (const one of batch.toSorted((a, b) => a.event.meta.version - b.event.meta.version)) {
    parts.at(-1)!.push(one);
    if (isDone(reader, one.event)) parts.push([]);
  }
  return parts.filter(({ length }) => length > 0);
}

const isDone = ({ reactions }: Reader, event: Incoming) =>
  event.meta.origin === Origin.LIVE && reactions.some(({ concerns }) => concerns?.(event) ?? true);
