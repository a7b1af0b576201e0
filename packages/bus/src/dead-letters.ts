import type { Db } from "@guanxi/kit/db";
import type { Statement } from "@guanxi/kit/flush";
import { transaction } from "@guanxi/kit/transaction";
import { Counter, register } from "prom-client";
import { type ApplyOptions, durableOf, reactAll, type Received } from "./apply.ts";
import { incoming } from "./reaction.ts";

/** Some thirteen seconds of growing pauses: what the database is to blame for is not counted. */
const MOST_ATTEMPTS = 8;

const parkedTotal = new Counter({
  name: "reader_parked_events_total",
  help: "Events put aside because they, or one before them, could not be applied",
  labelNames: ["consumer"],
  registers: [register],
});

const FAIL = `insert into dead_letters as d
    (consumer, event_id, aggregate_id, version, stream_sequence, subject, payload, attempts, parked, error)
  select $1, i.* from unnest($2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::text[], $7::bytea[], $8::int[],
    $9::boolean[], $10::text[]) as i
  on conflict (tenant_id, consumer, event_id) do update
    set attempts = d.attempts + excluded.attempts, error = excluded.error,
        parked = excluded.parked or d.attempts + excluded.attempts >= ${MOST_ATTEMPTS}
  returning event_id, parked`;

/** Counts a failed attempt at the first of these events of one aggregate; true once it is put aside with all behind it. */
export async function failed(
  options: ApplyOptions,
  tenantId: string,
  batch: readonly Received[],
  error: unknown,
): Promise<boolean> {
  const [first, ...behind] = batch.toSorted((a, b) => a.event.meta.version - b.event.meta.version);
  const consumer = durableOf(options);
  return inTenant(options.db, tenantId, async (ask) => {
    const [row] = await ask(
      letters(consumer, [first!], { attempts: 1, parked: false, error: textOf(error) }),
    );
    if (!row?.parked) return false;
    await park(ask, consumer, behind);
    parkedTotal.inc({ consumer }, batch.length);
    return true;
  });
}

/** Puts events aside behind one that could not be applied: they keep their order and wait for `replay`. */
export function parkBehind(
  options: ApplyOptions,
  tenantId: string,
  batch: readonly Received[],
): Promise<void> {
  const consumer = durableOf(options);
  parkedTotal.inc({ consumer }, batch.length);
  return inTenant(options.db, tenantId, (ask) => park(ask, consumer, batch));
}

type Ask = (statement: Statement) => Promise<Record<string, unknown>[]>;

async function park(ask: Ask, consumer: string, batch: readonly Received[]): Promise<void> {
  if (batch.length > 0)
    await ask(letters(consumer, batch, { attempts: 0, parked: true, error: "waits behind another" }));
}

interface Fate {
  readonly attempts: number;
  readonly parked: boolean;
  readonly error: string;
}

function letters(consumer: string, batch: readonly Received[], { attempts, parked, error }: Fate): Statement {
  const metas = batch.map(({ event }) => event.meta);
  const values = [
    consumer,
    metas.map(({ eventId }) => eventId),
    metas.map(({ aggregateId }) => aggregateId),
    metas.map(({ version }) => version),
    batch.map(({ sequence }) => sequence),
    batch.map(({ subject }) => subject),
    batch.map(({ event }) => Buffer.from(event.payload)),
    batch.map(() => attempts),
    batch.map(() => parked),
    batch.map(() => error),
  ];
  return { text: FAIL, values };
}

async function inTenant<T>(db: Db, tenantId: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const tx = transaction(db, { tenantId, opening: () => [] });
  try {
    const answer = await work(tx.share().ask);
    await tx.commit([]);
    return answer;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

/** Applies what was put aside, each aggregate in its order, as far as it goes. Says how many went and how many stay. */
export async function replay(
  options: ApplyOptions,
  tenantId: string,
): Promise<{ applied: number; left: number }> {
  const consumer = durableOf(options);
  const aggregates = await inTenant(options.db, tenantId, (ask) =>
    ask({ text: "select distinct aggregate_id from dead_letters where consumer = $1", values: [consumer] }),
  );
  let applied = 0;
  for (const { aggregate_id } of aggregates)
    applied += await replayOne(options, tenantId, aggregate_id as string);
  const [left] = await inTenant(options.db, tenantId, (ask) =>
    ask({ text: "select count(*)::int as count from dead_letters where consumer = $1", values: [consumer] }),
  );
  return { applied, left: left!.count as number };
}

const NEXT = `select event_id, subject, payload, stream_sequence from dead_letters
  where consumer = $1 and aggregate_id = $2 order by version for update`;
const APPLIED = "delete from dead_letters where consumer = $1 and event_id = any($2::uuid[])";
const ADVANCE = `insert into seen (consumer, aggregate_id, version) values ($1, $2, $3)
  on conflict (tenant_id, consumer, aggregate_id) do update set version = greatest(seen.version, excluded.version)`;

/** All letters of an aggregate or none: half of them would leave it in a state that never was. */
async function replayOne(options: ApplyOptions, tenantId: string, aggregateId: string): Promise<number> {
  const consumer = durableOf(options);
  const settings = await options.settingsOf(tenantId).catch(() => undefined);
  const tx = transaction(options.db, { tenantId, opening: () => [] });
  const share = tx.share();
  try {
    const rows = await share.ask({ text: NEXT, values: [consumer, aggregateId] });
    const fresh = rows.map((row) =>
      incoming(row.subject as string, row.payload as Buffer, Number(row.stream_sequence)),
    );
    if (fresh.length === 0) {
      await tx.commit([]);
      return 0;
    }
    await reactAll(options, share, { tenantId, settings, fresh });
    share.tell({ text: APPLIED, values: [consumer, rows.map((row) => row.event_id)] });
    share.tell({ text: ADVANCE, values: [consumer, aggregateId, fresh.at(-1)!.meta.version] });
    await tx.commit([]);
    return fresh.length;
  } catch {
    await tx.rollback();
    return 0;
  }
}

const textOf = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2000);
