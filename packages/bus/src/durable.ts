import { AckPolicy, DeliverPolicy, type JetStreamManager } from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";
import { isPassing } from "@guanxi/kit/passing";
import { READ_AGAIN } from "@guanxi/kit/read-again";
import { type ApplyOptions, apply, durableOf } from "./apply.ts";
import type { Archive } from "./archive.ts";
import { failed } from "./dead-letters.ts";
import { lowWater, type Place, placeOf, setLowWater, stands } from "./low-water.ts";
import { partsOf } from "./parts.ts";
import type { Reader } from "./reaction.ts";
import type { Received } from "./received.ts";

export interface DurableOptions extends ApplyOptions {
  readonly stream: string;
  /** What the stream has let go; without it a reader that needs some of that does not begin. */
  readonly archive?: Archive | undefined;
}

export const BATCH = 500;
const ACK_WAIT_MS = 10_000; // what a killed reader had in hand comes again after this

/** What it reads of the stream. */
export const subjectsOf = ({ area }: Pick<Reader, "area">) => `guanxi.*.${area}.v1.>`;

/** The durable, once all that has left the stream without being applied has been read from the archive. */
export async function ensureDurable(options: DurableOptions, jsm: JetStreamManager): Promise<string> {
  const { reader, stream } = options;
  const durable = durableOf(options);
  await readExpired(options, jsm, await beginning(options, jsm));
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
 * Up to where everything has been applied. If the stream does not hold the last event that we have committed at its place, the
 * server came back shorter, and numbers which the durable holds for read now stand for other events: read again, the guard
 * skips the rest. So it is where a migration has asked for it.
 */
async function beginning(options: DurableOptions, jsm: JetStreamManager): Promise<number> {
  const { db, stream } = options;
  const durable = durableOf(options);
  const known = await lowWater(options);
  const checkpoint = await placeOf(db, durable);
  const gone = await expired(jsm, stream);
  const kept = !checkpoint || (await stands(options, jsm, checkpoint));
  const sound = kept && (!known || (await stands(options, jsm, known)));
  const low = lowOf(options, { known, checkpoint, gone, sound });
  if (low !== known?.sequence) await setLowWater(options, low);
  if (kept) return low;
  await jsm.consumers.delete(stream, durable).catch(() => false); // it went with the stream
  await db.pool.query("delete from checkpoints where consumer = $1", [durable]);
  return low;
}

interface Looked {
  readonly known: Place | undefined;
  readonly checkpoint: Place | undefined;
  readonly gone: number;
  readonly sound: boolean;
}

function lowOf({ reader }: DurableOptions, { known, checkpoint, gone, sound }: Looked): number {
  const first = reader.kind === "effect" ? gone : 0; // an effect is owed nothing from before its time
  if (checkpoint?.sequence === Number(READ_AGAIN)) return first;
  // Release 0.1.0 has left a checkpoint alone.
  const low = known?.sequence ?? (checkpoint ? Math.min(checkpoint.sequence, gone) : first);
  return sound ? low : Math.min(low, gone);
}

/** The last place that the stream has let go. */
const expired = async (jsm: JetStreamManager, stream: string) =>
  Math.max(0, (await jsm.streams.info(stream)).state.first_seq - 1);

/**
 * Of one that begins late, was away for longer than the stream keeps events, or comes from an older backup: what it has not
 * applied is in the archive alone, and its durable would pass over it without a word. More may expire meanwhile.
 */
async function readExpired(options: DurableOptions, jsm: JetStreamManager, from: number): Promise<void> {
  for (let low = from; ; ) {
    const gone = await expired(jsm, options.stream);
    if (gone <= low) return;
    await readArchive(options, low, gone);
    await setLowWater(options, gone);
    low = gone;
  }
}

async function readArchive(options: DurableOptions, after: number, last: number): Promise<void> {
  const { archive, reader } = options;
  if (!archive)
    throw new Error(
      `${durableOf(options)} needs what has expired of ${reader.area} (places ${after + 1} to ${last}): set IDENTITY_TOKEN_FILE, so that it can ask for it.`,
    );
  for await (const page of archive.pages({ after })) {
    if (page[0]!.sequence > last) return; // as a rule: nobody has said anything since
    const expired = page.filter(({ sequence }) => sequence <= last); // the others come with the stream
    // Nothing older comes after it: an effect need not wait for first versions from before its time.
    await applyArchived(
      options,
      expired.map((one) => ({ ...one, deliveries: Number.POSITIVE_INFINITY })),
    );
  }
}

async function applyArchived(options: DurableOptions, page: readonly Received[]): Promise<void> {
  const reading = { ...options, reachesTheStream: false };
  const groups = Map.groupBy(page, ({ event }) => `${event.meta.tenantId} ${event.meta.aggregateId}`);
  const tenants = Map.groupBy(page, ({ event }) => event.meta.tenantId);
  for (const [tenantId, batch] of tenants) {
    await applyInParts(reading, tenantId, batch).catch(async () => {
      for (const group of groups.values())
        if (group[0]!.event.meta.tenantId === tenantId) await applyOrPark(reading, tenantId, group);
    });
  }
}

async function applyInParts(options: DurableOptions, tenantId: string, batch: Received[]): Promise<void> {
  for (const part of partsOf(options.reader, batch)) await apply(options, tenantId, part);
}

async function applyOrPark(options: DurableOptions, tenantId: string, group: Received[]): Promise<void> {
  try {
    await applyInParts(options, tenantId, group);
  } catch (error) {
    if (isPassing(error) || !(await failed(options, tenantId, group, error))) throw error;
  }
}
