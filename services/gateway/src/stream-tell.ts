// What one reader is told of the events that pass: what they asked for and may read, and nothing is read before that is known.
import type { Log } from "@guanxi/kit/log";
import { Counter } from "prom-client";
import type { EventStream } from "./stream-answer.ts";
import type { Feed } from "./stream-bus.ts";
import { type EventKind, type EventTypes, metaOf, type Streamed } from "./stream-event.ts";
import type { StreamQuery } from "./stream-query.ts";
import type { Rights } from "./stream-rights.ts";
import type { Turns } from "./stream-turns.ts";

const events = new Counter({
  name: "http_stream_events_total",
  help: "Events that came by a stream: told, left out for its reader, or unreadable, of which the reader is told as a gap.",
  labelNames: ["outcome"],
});

/** As the bus gives it. */
export interface Passing extends Streamed {
  readonly time: Date;
  readonly headers?: { get(name: string): string } | undefined;
}

export interface Telling {
  readonly query: StreamQuery;
  readonly tenantId: string;
  readonly feed: { readonly messages: AsyncIterable<Passing> } & Pick<Feed, "until">;
  readonly out: Pick<EventStream, "event" | "passed">;
  readonly types: EventTypes;
  readonly rights: Rights;
  readonly turns: Turns;
  readonly log: Pick<Log, "error">;
}

export async function tell(telling: Telling): Promise<void> {
  const { feed, out, turns } = telling;
  let caughtUp = feed.until === 0;
  if (caughtUp) await out.event("caught-up", "{}");
  for await (const message of feed.messages) {
    await turns.look();
    const told = await toldOf(telling, message);
    if (told) await out.event(told.event, told.data, message.seq);
    else out.passed(message.seq);
    events.inc({ outcome: told?.outcome ?? "left_out" });
    if (!caughtUp && message.seq >= feed.until) await out.event("caught-up", "{}");
    caughtUp ||= message.seq >= feed.until;
  }
}

interface Told {
  readonly event: string;
  readonly data: string;
  readonly outcome: "told" | "unreadable";
}

async function toldOf(telling: Telling, message: Passing): Promise<Told | undefined> {
  const { query, tenantId, types, rights, turns, log } = telling;
  const kind = types.kindOf(message.subject, tenantId);
  if (!kind || !canBeWanted(query, message, kind)) return undefined;
  const isAllowed = async () => {
    await rights.current();
    return rights.may(kind.resource, "read");
  };
  if (!(await isAllowed())) return undefined;
  await turns.tell(message.data.length);
  if (!(await isAllowed())) return undefined; // it may have been withdrawn meanwhile
  try {
    if (!isWanted(query, message, tenantId)) return undefined;
    const data = kind.json(message, rights.may(kind.resource, "read_personal"));
    return { event: kind.name, data, outcome: "told" };
  } catch (err) {
    const { subject, seq } = message;
    log.error(
      { err, subject, sequence: seq },
      "an event cannot be read, so whoever listens is told of a gap",
    );
    return { event: "gap", data: JSON.stringify({ firstSequence: String(seq + 1) }), outcome: "unreadable" };
  }
}

/** By what stands outside of the event. Whose partition it is says the header, where there is one: the customer's, else its own. */
function canBeWanted(
  { topics, customerId, since }: StreamQuery,
  { headers, time }: Passing,
  { area, name }: EventKind,
): boolean {
  if (topics.length > 0 && !topics.includes(area) && !topics.includes(`${area}.${name}`)) return false;
  if (since && time < since) return false;
  const key = customerId && headers?.get("ce-partitionkey");
  return !key || key.toLowerCase() === customerId;
}

function isWanted({ customerId, correlationId }: StreamQuery, message: Passing, tenantId: string): boolean {
  const meta = metaOf(message);
  if (meta.tenantId !== tenantId) return false; // the server's own answers get into the stream too
  if (customerId && meta.customerId.toLowerCase() !== customerId) return false;
  return !correlationId || meta.correlationId === correlationId;
}
