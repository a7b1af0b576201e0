import { headersOf } from "@guanxi/bus/headers";
import { publisher } from "@guanxi/bus/publisher";
import { idAt } from "@guanxi/bus/stream";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import { headers, type NatsConnection } from "@nats-io/transport-node";
import { type Client, escapeLiteral } from "pg";
import { ask, place } from "./catalogue.ts";

interface Logged {
  readonly service: string;
  readonly place: number;
  readonly event_id: string;
  readonly subject: string;
  readonly payload: Buffer;
}

interface Fill {
  readonly nats: NatsConnection;
  readonly stream: string;
  /** The schemas of the services. */
  readonly services: readonly string[];
  /** The last place of the stream as it was restored. */
  readonly last: number;
  /** The place up to which it has to go at least. */
  readonly reach: number;
  readonly inboxPrefix?: string | undefined;
}

const GAP = "guanxi.gap"; // no event's: those have seven parts
const LAST = (
  service: string,
) => `select event_id, stream_sequence::float8 as place from ${place(service, "event_log")}
  where stream_sequence <= $1 order by stream_sequence desc limit 1`;
const LATER = (
  service: string,
) => `select ${escapeLiteral(service)} as service, stream_sequence::float8 as place, event_id, subject, payload
  from ${place(service, "event_log")} where stream_sequence > $1`;

/**
 * Makes a stream that is older than the databases as long as it was at their instant, each event at its own place: durables
 * that read further than the snapshot of the messages, which the server takes first, find the very events which they had,
 * and every sequence that somebody has written down still means the same. A place whose event was not yet in the log stays
 * empty; its event is in the outbox, and comes again from there.
 */
export async function fillStream(client: Client, fill: Fill): Promise<void> {
  const jsm = await jetstreamManager(fill.nats);
  const publish = publisher(fill.nats, fill.inboxPrefix);
  const held = await servicesHeld(client, jsm, fill);
  let next = fill.last + 1;

  // Not by one purge at the end: that takes durables past all that they have not read (2.9.10).
  async function leaveEmptyUntil(sequence: number): Promise<void> {
    for (; next < sequence; next++) {
      await at(publish(GAP, new Uint8Array(), headers()));
      await jsm.streams.deleteMessage(fill.stream, next, false);
    }
  }
  async function at(publishing: Promise<number>): Promise<void> {
    const sequence = await publishing;
    if (sequence !== next)
      throw new Error(`somebody else writes to the stream: ${sequence} came instead of ${next}`);
  }

  for await (const { service, place, event_id, subject, payload } of later(client, fill)) {
    // Two services claim a place after the server had lost it and only one has published anew. The other's relay will.
    if (place < next) held.delete(service);
    if (!held.has(service)) continue;
    await leaveEmptyUntil(place);
    await at(publish(subject, payload, headersOf({ event_id, subject, payload }, "")));
    next++;
  }
  await leaveEmptyUntil(fill.reach + 1);
}

/** Those whose log agrees with the stream so far. The others' relays find that out too, and publish what is missing. */
async function servicesHeld(client: Client, jsm: JetStreamManager, { services, stream, last }: Fill) {
  const held = new Set<string>();
  for (const service of services) {
    const [logged] = await ask<Logged>(client, LAST(service), [last]);
    const id = logged && (await idAt(jsm, stream, logged.place));
    if (!logged || id === logged.event_id || id === "expired") held.add(service);
  }
  return held;
}

async function* later(client: Client, { services, last }: Fill): AsyncGenerator<Logged> {
  const text = `${services.map(LATER).join(" union all ")} order by place fetch first 500 rows with ties`;
  for (let after = last; ; ) {
    const page = await ask<Logged>(client, text, [after]);
    yield* page;
    if (page.length === 0) return;
    after = page.at(-1)!.place;
  }
}
