import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  jetstreamManager,
  type JetStreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";
import { isPassing, isTooMuch } from "@guanxi/kit/passing";
import { READ_AGAIN } from "@guanxi/kit/read-again";
import { setTimeout as pause } from "node:timers/promises";
import { Counter, register } from "prom-client";
import { type ApplyOptions, apply, durableOf } from "./apply.ts";
import type { Archive } from "./archive.ts";
import { failed } from "./dead-letters.ts";
import { incoming, type Reader } from "./reaction.ts";
import type { Received } from "./received.ts";
import type { Running } from "./relay.ts";
import { connectOnce, idAt } from "./stream.ts";
import { traced } from "./trace.ts";

export interface ReaderOptions extends ApplyOptions {
  readonly natsUrl: string;
  readonly stream: string;
  /** What the stream has let go, for a reader that begins late; without it such a reader does not begin. */
  readonly archive?: Archive | undefined;
  readonly onError: (error: unknown) => void;
}

const BATCH = 500;
const ACK_WAIT_MS = 10_000; // what a killed reader had in hand comes again after this
const AGAIN_MS = 250;

interface Delivered extends Received {
  readonly message: JsMsg;
}

const applied = new Counter({
  name: "reader_applied_events_total",
  help: "Events that a reader has applied, or seen before",
  labelNames: ["consumer"],
  registers: [register],
});

/** What it reads of the stream. */
export const subjectsOf = ({ area }: Pick<Reader, "area">) => `guanxi.*.${area}.v1.>`;

/** One durable, one batch at a time: while a transaction runs, the next batch gathers. */
export function startReader(options: ReaderOptions): Running {
  applied.inc({ consumer: durableOf(options) }, 0); // a rate needs a beginning
  const stopping = new AbortController();
  const done = run();

  async function run() {
    while (!stopping.signal.aborted) {
      await follow(options, stopping.signal).catch(options.onError);
      if (!stopping.signal.aborted) await pause(AGAIN_MS);
    }
  }
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function follow(options: ReaderOptions, stopping: AbortSignal): Promise<void> {
  const nats = await connectOnce(options.natsUrl, durableOf(options));
  try {
    const durable = await ensureDurable(options, await jetstreamManager(nats));
    const consumer = await jetstream(nats).consumers.get(options.stream, durable);
    const inbox = worker(options);
    const messages = await consumer.consume({ max_messages: 2 * BATCH, callback: inbox.take });
    const stop = Promise.withResolvers<void>();
    stopping.addEventListener("abort", () => stop.resolve());
    if (stopping.aborted) stop.resolve();
    await Promise.race([stop.promise, nats.closed()]);
    messages.stop();
    await inbox.idle();
    if (!nats.isClosed()) await nats.flush();
  } finally {
    await nats.close();
  }
}

function worker(options: ReaderOptions) {
  const waiting: Delivered[] = [];
  let early: Delivered[] = []; // they wait here, unacknowledged, for the gap before them
  let busy: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const bySequence = new Map([...early, ...waiting.splice(0, BATCH)].map((one) => [one.sequence, one]));
      const tenants = Map.groupBy(bySequence.values(), ({ event }) => event.meta.tenantId);
      early = [];
      for (const [tenantId, batch] of tenants) early.push(...(await inTrace(options, tenantId, batch)));
    }
    busy = undefined;
  }

  return {
    take(message: JsMsg): void {
      try {
        const event = incoming(message.subject, message.data, message.seq);
        waiting.push({
          message,
          event,
          sequence: message.seq,
          subject: message.subject,
          deliveries: message.info.deliveryCount,
        });
      } catch (error) {
        // Only relays write here, so this is nobody's event: it stays in the stream, and the log says where.
        options.onError(
          new Error(`message ${message.seq} on ${message.subject} is no event`, { cause: error }),
        );
        message.term();
        return;
      }
      busy ??= Promise.resolve().then(work);
    },
    idle: async () => busy,
  };
}

/** Within the trace of the request that said the first of them. */
const inTrace = (options: ReaderOptions, tenantId: string, batch: Delivered[]) =>
  traced("process", batch[0]!.subject, batch[0]!.message.headers?.get("traceparent"), () =>
    settle(options, tenantId, batch),
  );

/**
 * Applies and acknowledges a batch, and answers what came too early. If the batch fails, each aggregate is tried alone, and
 * the one at fault comes again later, or is put aside.
 */
async function settle(options: ReaderOptions, tenantId: string, batch: Delivered[]): Promise<Delivered[]> {
  try {
    const early = await apply(options, tenantId, batch);
    for (const one of batch) if (!early.has(one)) one.message.ack();
    applied.inc({ consumer: durableOf(options) }, batch.length - early.size);
    return batch.filter((one) => early.has(one));
  } catch (error) {
    const aggregates = [...Map.groupBy(batch, ({ event }) => event.meta.aggregateId).values()];
    if (aggregates.length > 1 && (!isPassing(error) || isTooMuch(error))) {
      const early: Delivered[] = [];
      for (const group of aggregates) early.push(...(await settle(options, tenantId, group)));
      return early;
    }
    await giveUpOrLater(options, tenantId, batch, error);
    return [];
  }
}

async function giveUpOrLater(
  options: ReaderOptions,
  tenantId: string,
  batch: Delivered[],
  error: unknown,
): Promise<void> {
  options.onError(error);
  const away = !isPassing(error) && (await failed(options, tenantId, batch, error).catch(() => false));
  for (const { message } of batch) {
    if (away) message.ack();
    else message.nak(Math.min(30_000, 50 * 2 ** message.info.deliveryCount));
  }
}

/**
 * The durable, if the stream still holds the last event that we have committed at its place. If not, the server came back
 * shorter, and numbers which the durable holds for read now stand for other events: read again, the guard skips the rest. So
 * it is where a migration has asked for it.
 */
async function ensureDurable(options: ReaderOptions, jsm: JetStreamManager): Promise<string> {
  const { reader, db, stream } = options;
  const durable = durableOf(options);
  const { rows } = await db.pool.query(
    "select stream_sequence::float8 as sequence, event_id from checkpoints where consumer = $1",
    [durable],
  );
  const [checkpoint] = rows as { sequence: number; event_id: string }[];
  if (checkpoint) {
    const id = await idAt(jsm, stream, checkpoint.sequence);
    if (id === "expired") await readExpired(options, jsm, checkpoint.sequence);
    else if (id !== checkpoint.event_id) {
      await jsm.consumers.delete(stream, durable).catch(() => false); // it went with the stream
      await db.pool.query("delete from checkpoints where consumer = $1", [durable]);
    }
  }
  if (!checkpoint || checkpoint.sequence === Number(READ_AGAIN)) await catchUp(options, jsm);
  await jsm.consumers.add(stream, {
    durable_name: durable,
    filter_subject: subjectsOf(reader),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ACK_WAIT_MS),
    max_deliver: -1,
    max_ack_pending: 4 * BATCH,
  });
  return durable;
}

/**
 * A projection that begins after the stream has let go of its first events reads the archive first, all of it: more may
 * expire meanwhile. It leaves no checkpoint, so an interrupted one begins again; the guard skips what is done.
 */
async function catchUp(options: ReaderOptions, jsm: JetStreamManager): Promise<void> {
  const { state } = await jsm.streams.info(options.stream);
  if (state.first_seq <= 1 || options.reader.kind === "effect") return;
  if (!options.archive)
    throw new Error(`${durableOf(options)} needs the log of ${options.reader.area} to begin`);
  for await (const page of options.archive.pages({})) await applyArchived(options, page);
}

/**
 * A reader that was away for longer than the stream keeps events, or whose installation was restored from a backup that is
 * older than that: what it has not applied is in the archive alone, and its durable would pass over it without a word.
 */
async function readExpired(options: ReaderOptions, jsm: JetStreamManager, after: number): Promise<void> {
  const { state } = await jsm.streams.info(options.stream);
  for await (const page of options.archive?.pages({ after }) ?? []) {
    if (page[0]!.sequence >= state.first_seq) return; // as a rule: nobody has said anything since
    // Nothing older comes after it: an effect need not wait for first versions from before its time.
    await applyArchived(
      options,
      page.map((one) => ({ ...one, deliveries: Number.POSITIVE_INFINITY })),
    );
  }
}

async function applyArchived(options: ReaderOptions, page: readonly Received[]): Promise<void> {
  const reading = { ...options, reachesTheStream: false };
  const groups = Map.groupBy(page, ({ event }) => `${event.meta.tenantId} ${event.meta.aggregateId}`);
  const tenants = Map.groupBy(page, ({ event }) => event.meta.tenantId);
  for (const [tenantId, batch] of tenants) {
    await apply(reading, tenantId, batch).catch(async () => {
      for (const group of groups.values())
        if (group[0]!.event.meta.tenantId === tenantId) await applyOrPark(reading, tenantId, group);
    });
  }
}

async function applyOrPark(options: ReaderOptions, tenantId: string, group: Received[]): Promise<void> {
  try {
    await apply(options, tenantId, group);
  } catch (error) {
    if (isPassing(error) || !(await failed(options, tenantId, group, error))) throw error;
  }
}
