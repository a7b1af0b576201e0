// The gateway's one connection to the bus, and what its streams read by it.
import {
  type ConsumerMessages,
  DeliverPolicy,
  jetstream,
  type JetStreamClient,
  jetstreamManager,
  type JetStreamManager,
} from "@nats-io/jetstream";
import { connect, type NatsConnection, nuid } from "@nats-io/transport-node";
import { natsAddress } from "@guanxi/kit/nats-address";
import type { Places } from "./stream-query.ts";

export interface BusAddress {
  natsUrl: string;
  natsStream: string;
}

export interface Bus {
  /** A new connection where there is none, or none any more: it does not come back by itself, and takes its streams with it. */
  connected(): Promise<Connected>;
  close(): Promise<void>;
}

export interface Connected {
  places(): Promise<Places>;
  follow(wanted: Wanted): Promise<Feed>;
  /** Called whenever identity says something of that user. Answers how to stop that. */
  onUser(userId: string, changed: () => void): () => void;
  closed: Promise<unknown>;
}

interface Wanted {
  subject: string;
  /** The place to begin at, or the time. */
  from: number | Date;
}

export interface Feed {
  messages: ConsumerMessages;
  /** The last event that was there when it began; 0 where there was none. */
  until: number;
  end(): void;
}

/** Messages that wait here for a reader, usually 200 kB: with fewer, each few take a way to the server and back. */
const IN_HAND = 100;
/** A consumer of a gateway that is gone without a word. */
const FORGOTTEN_MS = 60_000;
/** A server that has vanished without a word is given up after three of these. */
const PING_MS = 10_000;

export function openBus({ natsUrl, natsStream }: BusAddress): Bus {
  let now: Promise<Connected & { nats: NatsConnection }> | undefined;
  let shut = false;
  /** Only if it is still this one that is held: meanwhile somebody may have opened another. */
  const forget = (it: typeof now) => {
    if (now === it) now = undefined;
  };
  async function open() {
    const ping = { pingInterval: PING_MS, maxPingOut: 2 };
    const nats = await connect({ ...natsAddress(natsUrl), ...ping, name: "gateway", reconnect: false });
    try {
      return { nats, ...(await reading(nats, natsStream)) };
    } catch (error) {
      await nats.close();
      throw error;
    }
  }
  return {
    async connected() {
      if (shut) throw new Error("the gateway is stopping");
      const mine = (now ??= open());
      try {
        const it = await mine;
        void it.closed.then(() => forget(mine));
        return it;
      } catch (error) {
        forget(mine);
        throw error;
      }
    },
    async close() {
      shut = true;
      // A connection that failed has told whoever asked for it, and there is nothing of it to close.
      await (await now?.catch(() => undefined))?.nats.close();
    },
  };
}

async function reading(nats: NatsConnection, stream: string): Promise<Connected> {
  const jsm = await jetstreamManager(nats);
  const js = jetstream(nats);
  const places = () => placesOf(jsm, stream);
  const follow = async (wanted: Wanted) => {
    const until = await lastOf(jsm, stream, wanted);
    return followed(js, stream, wanted, until);
  };
  const from = (await places()).last + 1;
  const users = await followed(js, stream, { subject: "guanxi.*.identity.v1.>", from }, 0);
  return { places, follow, onUser: watching(users.messages, nats), closed: nats.closed() };
}

/** A stream that never had a message says 0, which is no place: who is told of the one before it comes back with -1. */
async function placesOf(jsm: JetStreamManager, stream: string): Promise<Places> {
  const { state } = await jsm.streams.info(stream);
  return { first: Math.max(1, state.first_seq), last: state.last_seq };
}

/** By what is there: how many a consumer has before it, servers of 2.9 count wrong where the stream has many subjects. */
async function lastOf(jsm: JetStreamManager, stream: string, { subject, from }: Wanted): Promise<number> {
  const last = await jsm.streams.getMessage(stream, { last_by_subj: subject });
  if (!last) return 0;
  const isEarlier = typeof from === "number" ? last.seq < from : last.time < from;
  return isEarlier ? 0 : last.seq;
}

/**
 * Ephemeral, in the server's memory, unacknowledged: the reader itself knows how far it has come, and says so when it comes
 * back, to whichever gateway. Durables would be left behind by every page that somebody closes.
 */
async function followed(
  js: JetStreamClient,
  stream: string,
  { subject, from }: Wanted,
  until: number,
): Promise<Feed> {
  // Never DeliverPolicy.New: where the client makes the consumer anew before its first message, it begins at the first place.
  const start =
    typeof from === "number"
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from }
      : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: from.toISOString() };
  const consumer = await js.consumers.get(stream, {
    ...start,
    filter_subjects: subject,
    name_prefix: `gateway_${nuid.next()}`,
    inactive_threshold: FORGOTTEN_MS,
  });
  // A consumer that the server has forgotten, since its reader took nothing for so long, ends the stream: the client would make
  // it anew by itself, with places asked for again and again, and the browser comes back to its own place better.
  const messages = await consumer.consume({ max_messages: IN_HAND, abort_on_missing_resource: true });
  let over = false;
  return {
    messages,
    until,
    end() {
      if (over) return;
      over = true;
      messages.stop();
      void consumer.delete().catch(() => undefined); // where nobody hears it, the server forgets it by itself
    },
  };
}

/** By the headers that every event has, so that none of them has to be read. */
function watching(messages: ConsumerMessages, nats: NatsConnection): Connected["onUser"] {
  const watchers = new Map<string, Set<() => void>>();
  const watch = async () => {
    for await (const { headers } of messages)
      for (const changed of watchers.get(headers?.get("ce-subject") ?? "") ?? []) changed();
  };
  void watch().catch(() => nats.close()); // whose rights change unnoticed, may not go on
  return (userId, changed) => {
    const its = watchers.get(userId) ?? new Set();
    watchers.set(userId, its.add(changed));
    return () => {
      its.delete(changed);
      if (its.size === 0) watchers.delete(userId);
    };
  };
}
