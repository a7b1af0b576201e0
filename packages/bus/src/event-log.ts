import { setTimeout as pause } from "node:timers/promises";
import {
  EventLogServiceService,
  type EventLogServiceServer,
} from "@guanxi/contract/guanxi/event/v1/event_service";
import { implement, type Service } from "@guanxi/kit/edge";
import { direct, stream } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { Pool } from "pg";

const PAGE = 500;
const LOOK_AGAIN_MS = 10;

const EVENTS = `select stream_sequence, subject, payload from event_log
  where stream_sequence > $1 and ($2::uuid is null or tenant_id = $2) order by stream_sequence limit ${PAGE}`;
const LIVING = `with newest as (
    select aggregate_id, max(version) as version from event_log where tenant_id = $1 and aggregate_id > $2
    group by aggregate_id order by aggregate_id limit ${PAGE})
  select e.stream_sequence, e.subject, e.payload, e.aggregate_id from newest n
  join event_log e on e.tenant_id = $1 and e.aggregate_id = n.aggregate_id and e.version = n.version order by e.aggregate_id`;
const NAMED = `with newest as (
    select aggregate_id, max(version) as version from event_log where tenant_id = $1 and aggregate_id = any($2::uuid[])
    group by aggregate_id)
  select e.stream_sequence, e.subject, e.payload from newest n
  join event_log e on e.tenant_id = $1 and e.aggregate_id = n.aggregate_id and e.version = n.version order by e.aggregate_id`;
const NEWEST = "select coalesce(max(position), 0) as position from outbox";
const LEFT = "select 1 from outbox where position <= $1 limit 1";
const PLACE = `select stream_sequence from event_log where tenant_id = $1 and aggregate_id = $2 and version = $3`;
const PLACE_NOW = "select coalesce(max(stream_sequence), 0) as place from event_log";
const WAITING = "select 1 from outbox where tenant_id = $1 and aggregate_id = $2 and version = $3";

interface Logged {
  readonly stream_sequence: string;
  readonly subject: string;
  readonly payload: Buffer;
}

/** Below every id. */
const FIRST = "00000000-0000-0000-0000-000000000000";

const LAST = `select count(*)::int as count, max(e.stream_sequence) as place
  from unnest($2::uuid[], $3::int[]) as i (id, version)
  join event_log e on e.tenant_id = $1 and e.aggregate_id = i.id and e.version = i.version`;

export interface EventName {
  readonly aggregateId: string;
  readonly version: number;
}

export interface EventLog {
  readonly service: Service;
  lastPlace(tenantId: string, events: readonly EventName[]): Promise<bigint | undefined>;
  /** A place in the stream by which all that has committed until now had been said. */
  saidBy(signal: AbortSignal): Promise<bigint>;
  /** Something short, as the relay's role. */
  ask<Row>(text: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** The archive of this service's events, read as the relay's role: other services have no tenant of their own. */
export function eventLog(relayUrl: string): EventLog {
  const pool = new Pool({ connectionString: relayUrl, max: 2, idleTimeoutMillis: 5_000 });
  pool.on("error", () => undefined); // an idle connection that has gone is simply not used again
  const service = implement<EventLogServiceServer>(EventLogServiceService, {
    readEvents: stream(async function* ({ afterStreamSequence, tenantId }, { signal }) {
      await untilMoved(pool, signal);
      let after = String(afterStreamSequence);
      for (;;) {
        const { rows } = await pool.query<Logged>(EVENTS, [after, tenantId || null]);
        yield* rows.map(said);
        if (rows.length < PAGE || signal.aborted) return;
        after = rows.at(-1)!.stream_sequence;
      }
    }),
    readNewest: stream(async function* ({ tenantId, aggregateIds }, { signal }) {
      await untilMoved(pool, signal);
      if (aggregateIds.length > 0) {
        const { rows } = await pool.query<Logged>(NAMED, [tenantId, aggregateIds]);
        return yield* rows.map(said);
      }
      for (let after = FIRST; ; ) {
        const { rows } = await pool.query<Logged & { aggregate_id: string }>(LIVING, [tenantId, after]);
        yield* rows.map(said);
        if (rows.length < PAGE || signal.aborted) return;
        after = rows.at(-1)!.aggregate_id;
      }
    }),
    locateEvent: direct(async ({ tenantId, aggregateId, version }, { signal }) => {
      const key = [tenantId, aggregateId, version];
      while (!signal.aborted) {
        const { rows } = await pool.query<Logged>(PLACE, key);
        if (rows[0]) return { streamSequence: BigInt(rows[0].stream_sequence) };
        const { rowCount } = await pool.query(WAITING, key);
        if (!rowCount) await missing(pool, key);
        await pause(LOOK_AGAIN_MS);
      }
      throw refuse("deadline", "NOT_PUBLISHED", "The event has not been published in time.");
    }),
  });
  return {
    service,
    ask: async (text) => (await pool.query(text)).rows as never, // as whoever wrote the text says
    close: () => pool.end(),
    async saidBy(signal) {
      await untilMoved(pool, signal);
      const { rows } = await pool.query<{ place: string }>(PLACE_NOW);
      return BigInt(rows[0]!.place);
    },
    async lastPlace(tenantId, events) {
      const ids = events.map(({ aggregateId }) => aggregateId);
      const versions = events.map(({ version }) => version);
      const { rows } = await pool.query<{ count: number; place: string | null }>(LAST, [
        tenantId,
        ids,
        versions,
      ]);
      const { count, place } = rows[0]!;
      return count < events.length ? undefined : BigInt(place ?? 0);
    },
  };
}

const said = ({ stream_sequence, subject, payload }: Logged) => ({
  streamSequence: BigInt(stream_sequence),
  subject,
  payload,
});

/** Between outbox and log in the moment of the first look, or not there at all. */
async function missing(pool: Pool, key: unknown[]): Promise<void> {
  const { rowCount } = await pool.query(PLACE, key);
  if (!rowCount) throw refuse("notFound", "NOT_FOUND", "There is no such version.");
}

/**
 * Whoever has read an event from the stream finds it here: the relay moves events in the order of their acknowledgements,
 * so a page might otherwise end behind one that is still on its way.
 */
async function untilMoved(pool: Pool, signal: AbortSignal): Promise<void> {
  const { rows } = await pool.query<{ position: string }>(NEWEST);
  while (!signal.aborted) {
    const { rowCount } = await pool.query(LEFT, [rows[0]!.position]);
    if (!rowCount) return;
    await pause(LOOK_AGAIN_MS);
  }
}
