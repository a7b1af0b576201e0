// Events as /v1/stream tells them, and what comes between them.
export interface ToldEvent {
  /** guanxi.customer.v1.CustomerChanged */
  type: string;
  sequence: string;
  meta: {
    eventId: string;
    aggregateType: string;
    aggregateId: string;
    version: number;
    customerId: string;
    time: string;
    actor?: { kind: string; id: string; name: string };
    causationId: string;
    correlationId: string;
    hops: number;
    origin: string;
  };
  state?: Record<string, unknown>;
  changedFields: string[];
  previous: Record<string, unknown>;
  facts: Record<string, unknown>;
}

export interface Block {
  event: string;
  data: string;
  id?: string;
}

/** Takes what has come, in pieces of any size, and answers the blocks that are whole by now. */
export function blocksOf(): (text: string) => Block[] {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop() ?? "";
    return parts.map(blockOf);
  };
}

function blockOf(text: string): Block {
  const block: Block = { event: "message", data: "" };
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).replace(/^ /, "");
    const name = line.slice(0, colon);
    if (name === "event" || name === "data" || name === "id") block[name] = value;
  }
  return block;
}

export const areaOf = ({ type }: Pick<ToldEvent, "type">): string => type.split(".")[1] ?? "";
export const nameOf = ({ type }: Pick<ToldEvent, "type">): string => type.slice(type.lastIndexOf(".") + 1);

/** In the order of the stream, each below what has caused it; what nobody here has caused begins a chain. */
export function chainOf(events: readonly ToldEvent[]): { event: ToldEvent; depth: number }[] {
  const byCause = Map.groupBy(events, ({ meta }) => meta.causationId);
  const ids = new Set(events.map(({ meta }) => meta.eventId));
  const below = (id: string, depth: number): { event: ToldEvent; depth: number }[] =>
    (byCause.get(id) ?? []).flatMap((event) => [{ event, depth }, ...below(event.meta.eventId, depth + 1)]);
  return events
    .filter(({ meta }) => !ids.has(meta.causationId))
    .flatMap((event) => [{ event, depth: 0 }, ...below(event.meta.eventId, 1)]);
}
