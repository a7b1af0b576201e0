import type { Db } from "@guanxi/kit/db";
import type { Statement } from "@guanxi/kit/flush";
import { transaction } from "@guanxi/kit/transaction";
import { type ApplyOptions, durableOf, notDone, reactAll, settingsIfKnown } from "./apply.ts";
import { letters } from "./letters.ts";
import { textOf } from "./error-text.ts";
import { incoming } from "./reaction.ts";
import type { Received } from "./received.ts";

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
    const [row] = await ask(letters(consumer, [first!], textOf(error)));
    if (!row?.parked) return false;
    if (behind.length > 0) await ask(letters(consumer, behind));
    return true;
  });
}

type Ask = (statement: Statement) => Promise<Record<string, unknown>[]>;

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

/**
 * Applies what was put aside, each aggregate in its order, as far as it goes; after `until`, no further one. Says how many
 * went and how many stay.
 */
export async function replay(
  options: ApplyOptions,
  tenantId: string,
  until?: AbortSignal,
): Promise<{ applied: number; left: number }> {
  const consumer = durableOf(options);
  const aggregates = await inTenant(options.db, tenantId, (ask) =>
    // By chance, so that those that fail again keep nobody behind them from a turn for ever.
    ask({
      text: "select aggregate_id from dead_letters where consumer = $1 group by aggregate_id order by random()",
      values: [consumer],
    }),
  );
  let applied = 0;
  for (const { aggregate_id } of aggregates) {
    if (until?.aborted) break;
    applied += await replayOne(options, tenantId, aggregate_id as string);
  }
  const [left] = await inTenant(options.db, tenantId, (ask) =>
    ask({ text: "select count(*)::int as count from dead_letters where consumer = $1", values: [consumer] }),
  );
  return { applied, left: left!.count as number };
}

const SEEN = "select version from seen where consumer = $1 and aggregate_id = $2 for update";
const NEXT = `select event_id, subject, payload, stream_sequence from dead_letters
  where consumer = $1 and aggregate_id = $2 order by version for update`;
const APPLIED = "delete from dead_letters where consumer = $1 and event_id = any($2::uuid[])";
const ADVANCE = `insert into seen (consumer, aggregate_id, version) values ($1, $2, $3)
  on conflict (tenant_id, consumer, aggregate_id) do update set version = greatest(seen.version, excluded.version)`;

/** All letters of an aggregate or none: half of them would leave it in a state that never was. */
async function replayOne(options: ApplyOptions, tenantId: string, aggregateId: string): Promise<number> {
  const consumer = durableOf(options);
  const settings = await settingsIfKnown(options, tenantId);
  const tx = transaction(options.db, { tenantId, opening: () => [] });
  const share = tx.share();
  try {
    const [seen] = await share.ask({ text: SEEN, values: [consumer, aggregateId] }); // readers keep off meanwhile
    const rows = await share.ask({ text: NEXT, values: [consumer, aggregateId] });
    const events = rows
      .map((row) => incoming(row.subject as string, row.payload as Buffer, Number(row.stream_sequence)))
      .filter(({ meta }) => meta.version > Number(seen?.version ?? 0));
    const fresh = options.reader.kind === "effect" ? await notDone(share, options, events) : events;
    await reactAll(options, share, { tenantId, settings, fresh });
    share.tell({ text: APPLIED, values: [consumer, rows.map((row) => row.event_id)] });
    const newest = events.at(-1)?.meta.version ?? 0;
    share.tell({ text: ADVANCE, values: [consumer, aggregateId, newest] });
    await tx.commit([]);
    return rows.length;
  } catch {
    await tx.rollback();
    return 0;
  }
}
