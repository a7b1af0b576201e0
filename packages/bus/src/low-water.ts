import type { JetStreamManager } from "@nats-io/jetstream";
import type { Db } from "@guanxi/kit/db";
import { type ApplyOptions, durableOf } from "./apply.ts";
import { idAt } from "./stream.ts";

type Options = Pick<ApplyOptions, "service" | "reader" | "db"> & { readonly stream: string };

/** A place in the stream, and the event that stands there. */
export interface Place {
  readonly sequence: number;
  readonly eventId: string;
}

const AT = "select stream_sequence::float8 as sequence, event_id from checkpoints where consumer = $1";
const SET = `insert into checkpoints (consumer, stream_sequence, event_id) values ($1, $2, $3)
  on conflict (consumer) do update set stream_sequence = excluded.stream_sequence, event_id = excluded.event_id`;
/** Only from where it was looked at: somebody else may have begun anew meanwhile. */
const RAISE = `update checkpoints set stream_sequence = $2, event_id = $3
  where consumer = $1 and stream_sequence = $4`;
const NOBODY = "00000000-0000-0000-0000-000000000000"; // what stood there has gone already

const markOf = (options: Options) => `${durableOf(options)} floor`;

export async function placeOf(db: Db, name: string): Promise<Place | undefined> {
  const { rows } = await db.pool.query(AT, [name]);
  const [row] = rows as { sequence: number; event_id: string }[];
  return row && { sequence: row.sequence, eventId: row.event_id };
}

/** Whether the stream has at a place what it had, or has let it go. */
export async function stands(
  { stream }: Pick<Options, "stream">,
  jsm: JetStreamManager,
  { sequence, eventId }: Place,
): Promise<boolean> {
  if (sequence === 0) return true;
  const id = await idAt(jsm, stream, sequence);
  return id === "expired" || id === eventId;
}

/**
 * Up to where a reader has applied everything. Its checkpoint does not say so: it is the highest place that is committed, while
 * events of other tenants, of another process or of an aggregate that fails may be in hand below it. Nor does the durable's
 * ack floor, which the server also raises over what expires.
 */
export const lowWater = (options: Options) => placeOf(options.db, markOf(options));

export const setLowWater = (options: Options, sequence: number) =>
  options.db.pool.query(SET, [markOf(options), sequence, NOBODY]);

/** From time to time: as far as all is acknowledged, provided that nothing has expired since it was last so. */
export async function raiseLowWater(options: Options, jsm: JetStreamManager): Promise<void> {
  const { db, stream } = options;
  const base = await lowWater(options);
  if (!base) return;
  const { last_seq } = (await jsm.streams.info(stream)).state;
  const { num_pending, num_ack_pending, ack_floor } = await jsm.consumers.info(stream, durableOf(options));
  const through = num_pending === 0 && num_ack_pending === 0;
  const sequence = through ? last_seq : Math.min(last_seq, ack_floor.stream_seq);
  if (sequence <= base.sequence) return;
  const id = await idAt(jsm, stream, sequence);
  const { first_seq } = (await jsm.streams.info(stream)).state;
  if (id === undefined || id === "expired" || first_seq > base.sequence + 1) return;
  await db.pool.query(RAISE, [markOf(options), sequence, id, base.sequence]);
}
