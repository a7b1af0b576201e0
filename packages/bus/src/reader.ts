import { jetstream, jetstreamManager, type JetStreamManager, type JsMsg } from "@nats-io/jetstream";
import { isPassing, isTooMuch } from "@guanxi/kit/passing";
import { setTimeout as pause } from "node:timers/promises";
import { Counter, register } from "prom-client";
import { apply, durableOf } from "./apply.ts";
import { failed } from "./dead-letters.ts";
import { BATCH, type DurableOptions, ensureDurable } from "./durable.ts";
import { raiseLowWater } from "./low-water.ts";
import { type Incoming, incoming } from "./reaction.ts";
import { partsOf } from "./parts.ts";
import type { Received } from "./received.ts";
import type { Running } from "./relay.ts";
import { connectOnce } from "./stream.ts";
import { traced } from "./trace.ts";

export interface ReaderOptions extends DurableOptions {
  readonly natsUrl: string;
  readonly onError: (error: unknown) => void;
}

const AGAIN_MS = 250;
const LOW_WATER_MS = 60_000;
/** An effect does them one by one, and what waits for longer than its acknowledgement is sent again. */
const IN_HAND = { projection: 2 * BATCH, effect: 100 };
const EARLY_MS = { first: 100, most: 1_000 };

interface Delivered extends Received {
  readonly message: JsMsg;
}

const applied = new Counter({
  name: "reader_applied_events_total",
  help: "Events that a reader has applied, or seen before",
  labelNames: ["consumer"],
  registers: [register],
});

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
    const jsm = await jetstreamManager(nats);
    const durable = await ensureDurable(options, jsm);
    const consumer = await jetstream(nats).consumers.get(options.stream, durable);
    const inbox = worker(options);
    const messages = await consumer.consume({
      max_messages: IN_HAND[options.reader.kind],
      callback: inbox.take,
    });
    const stop = Promise.withResolvers<void>();
    stopping.addEventListener("abort", () => stop.resolve());
    if (stopping.aborted) stop.resolve();
    const marks = setInterval(() => void mark(options, jsm), LOW_WATER_MS);
    await Promise.race([stop.promise, nats.closed()]);
    clearInterval(marks);
    messages.stop();
    await inbox.idle();
    if (nats.isClosed()) return;
    await nats.flush();
    await mark(options, jsm);
  } finally {
    await nats.close();
  }
}

/** It does not hurry: behind the truth it is as good, only the archive is read from further back. */
const mark = (options: ReaderOptions, jsm: JetStreamManager): Promise<void> =>
  raiseLowWater(options, jsm).catch(options.onError);

function worker(options: ReaderOptions) {
  const waiting: Delivered[] = [];
  let early: Delivered[] = []; // they wait here, unacknowledged, for the gap before them
  let busy: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  let pauseMs = EARLY_MS.first;

  async function work(): Promise<void> {
    clearTimeout(again);
    do {
      const bySequence = new Map([...early, ...waiting.splice(0, BATCH)].map((one) => [one.sequence, one]));
      const tenants = Map.groupBy(bySequence.values(), ({ event }) => event.meta.tenantId);
      early = [];
      for (const [tenantId, batch] of tenants) early.push(...(await inTrace(options, tenantId, batch)));
    } while (waiting.length > 0);
    busy = undefined;
    // Another process may have what fills the gap. To hand them back would count as a delivery, and after some the gap as none.
    if (early.length > 0) again = setTimeout(() => begin(EARLY_MS.most), pauseMs);
  }

  function begin(mostMs: number): void {
    pauseMs = Math.min(2 * pauseMs, mostMs);
    busy ??= Promise.resolve().then(work);
  }

  return {
    take(message: JsMsg): void {
      try {
        const event = incoming(message.subject, message.data, message.seq);
        refuseUnnamed(message, event);
        waiting.push({
          message,
          event,
          sequence: message.seq,
          subject: message.subject,
          deliveries: message.info.deliveryCount,
        });
      } catch (error) {
        // Nobody's event: it stays in the stream, and the log says where.
        options.onError(
          new Error(`message ${message.seq} on ${message.subject} is no event`, { cause: error }),
        );
        message.term();
        return;
      }
      begin(EARLY_MS.first);
    },
    async idle(): Promise<void> {
      await busy;
      clearTimeout(again);
    },
  };
}

/**
 * Relays are not all that can write here: the server's answers get into the stream too, where somebody asks for them at a
 * subject of it. They have no id; and by its id the stream tells a repetition, and we where our place was.
 */
function refuseUnnamed({ headers }: JsMsg, { meta }: Incoming): void {
  if (headers?.get("Nats-Msg-Id") !== meta.eventId)
    throw new Error(`its Nats-Msg-Id is not the id of its event, ${meta.eventId}`);
}

/** Within the trace of the request that said the first of them. */
const inTrace = (options: ReaderOptions, tenantId: string, batch: Delivered[]) =>
  traced("process", batch[0]!.subject, batch[0]!.message.headers?.get("traceparent"), () =>
    settle(options, tenantId, batch),
  );

/** Applies and acknowledges a batch, and answers what came too early. */
async function settle(options: ReaderOptions, tenantId: string, batch: Delivered[]): Promise<Delivered[]> {
  const early: Delivered[] = [];
  const left = partsOf(options.reader, batch);
  try {
    for (; left.length > 0; left.shift()) {
      const waits = await apply(options, tenantId, left[0]!);
      const { done = [], waiting = [] } = Object.groupBy(left[0]!, (one) =>
        waits.has(one) ? "waiting" : "done",
      );
      for (const { message } of done) message.ack();
      applied.inc({ consumer: durableOf(options) }, done.length);
      early.push(...waiting);
    }
  } catch (error) {
    early.push(...(await eachAlone(options, tenantId, left.flat(), error)));
  }
  return early;
}

/** Where a batch has failed, each aggregate is tried alone, and the one at fault comes again later, or is put aside. */
async function eachAlone(
  options: ReaderOptions,
  tenantId: string,
  batch: Delivered[],
  error: unknown,
): Promise<Delivered[]> {
  const aggregates = [...Map.groupBy(batch, ({ event }) => event.meta.aggregateId).values()];
  const early: Delivered[] = [];
  if (aggregates.length > 1 && (!isPassing(error) || isTooMuch(error)))
    for (const group of aggregates) early.push(...(await settle(options, tenantId, group)));
  else await giveUpOrLater(options, tenantId, batch, error);
  return early;
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
