import type { Statement } from "@guanxi/kit/flush";
import type { Received } from "./received.ts";

/** Some thirteen seconds of growing pauses: what the database is to blame for is not counted. */
const MOST_ATTEMPTS = 8;

const KEEP = `insert into dead_letters as d
    (consumer, event_id, aggregate_id, version, stream_sequence, subject, payload, attempts, parked, error)
  select $1, i.* from unnest($2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::text[], $7::bytea[], $8::int[],
    $9::boolean[], $10::text[]) as i
  on conflict (tenant_id, consumer, event_id) do update
    set attempts = d.attempts + excluded.attempts, error = excluded.error,
        parked = excluded.parked or d.attempts + excluded.attempts >= ${MOST_ATTEMPTS}
  returning event_id, parked`;

/** Events put aside: one that failed, which `error` says, or those behind it, which keep their order and wait for `replay`. */
export function letters(consumer: string, batch: readonly Received[], error?: string): Statement {
  const metas = batch.map(({ event }) => event.meta);
  const values = [
    consumer,
    metas.map(({ eventId }) => eventId),
    metas.map(({ aggregateId }) => aggregateId),
    metas.map(({ version }) => version),
    batch.map(({ sequence }) => sequence),
    batch.map(({ subject }) => subject),
    batch.map(({ event }) => Buffer.from(event.payload)),
    batch.map(() => (error === undefined ? 0 : 1)),
    batch.map(() => error === undefined),
    batch.map(() => error ?? "waits behind another"),
  ];
  return { text: KEEP, values };
}
