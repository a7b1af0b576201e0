import { isPassing } from "@guanxi/kit/passing";
import type { Share } from "@guanxi/kit/transaction";
import { type ApplyOptions, durableOf, reactAll, settingsIfKnown } from "./apply.ts";
import type { Archive } from "./archive.ts";
import { readingIn } from "./compare.ts";
import type { Held } from "./held.ts";
import { alone } from "./rebuild.ts";
import type { Received } from "./received.ts";

export interface Mending {
  readonly tenantId: string;
  readonly archive: Archive;
}

export interface Broken {
  readonly held: Held;
  readonly ids: readonly string[];
}

const BATCH = 200;
/** So often one is asked for anew that our reader has taken further meanwhile. */
const ROUNDS = 5;
/** How far our reader has come with each, what it has put aside included. */
const REACHED = `select aggregate_id, max(version) as version from (
    select aggregate_id, version from seen where consumer = $1 and aggregate_id = any($2::uuid[])
    union all select aggregate_id, version from dead_letters where consumer = $1 and aggregate_id = any($2::uuid[])) r
  group by aggregate_id`;
const ADVANCE = `insert into seen as s (consumer, aggregate_id, version) select $1, * from unnest($2::uuid[], $3::int[])
  on conflict (tenant_id, consumer, aggregate_id) do update set version = greatest(s.version, excluded.version)`;
/** One that is put aside at this very moment is not in what was fetched. */
const LETTERS = `delete from dead_letters d using unnest($2::uuid[], $3::int[]) as i (id, version)
  where d.consumer = $1 and d.aggregate_id = i.id and d.version <= i.version`;

/**
 * Takes away what is kept of these aggregates and makes it anew of their newest events, and nothing else. Sums are made anew of
 * the rows as a whole: what a spoilt row has put into them, nobody knows.
 */
export async function mend(
  options: ApplyOptions,
  mending: Mending,
  broken: readonly Broken[],
): Promise<void> {
  for (const { held, ids } of broken)
    for (let from = 0; from < ids.length; from += BATCH)
      await mendSome(options, mending, { held, ids: ids.slice(from, from + BATCH) });
  const sums = broken.flatMap(({ held }) => held.sums);
  await keepingOut(options, mending.tenantId, async (share) => {
    for (const { table, keys, sums: summed, anew } of sums) {
      const columns = [...keys, ...summed].join(", ");
      share.tell({ text: `delete from ${table}` });
      share.tell({ text: `insert into ${table} (${columns}) select ${columns} from (${anew}) a` });
    }
  });
}

/** One that cannot be made anew is left as it is, and shows in the next comparison. */
async function mendSome(options: ApplyOptions, mending: Mending, { held, ids }: Broken): Promise<void> {
  try {
    let left = ids;
    for (let round = 0; round < ROUNDS && left.length > 0; round += 1)
      left = await makeAnew(options, mending, { held, ids: left });
  } catch (error) {
    if (isPassing(error)) throw error;
    if (ids.length === 1) return;
    for (const id of ids) await mendSome(options, mending, { held, ids: [id] });
  }
}

/**
 * The source is asked before our reader is kept out, for its answer waits until all that it has recorded is published. Answers
 * those that the reader has taken further meanwhile.
 */
async function makeAnew(options: ApplyOptions, mending: Mending, { held, ids }: Broken): Promise<string[]> {
  const { tenantId } = mending;
  const settings = await settingsIfKnown(options, tenantId);
  const before = await readingIn(options, tenantId, (share) => reachedBy(options, share, ids));
  const newest = await newestOf(mending, ids);
  const fetched = (id: string) => newest.get(id)?.event.meta.version ?? 0;
  return keepingOut(options, tenantId, async (share) => {
    const now = await reachedBy(options, share, ids);
    const isBehind = (id: string) => now(id) !== before(id) && now(id) > fetched(id);
    const mine = ids.filter((id) => !isBehind(id));
    for (const { table, of } of held.rows)
      await share.ask({ text: `delete from ${table} where ${of} = any($1::uuid[])`, values: [mine] });
    const fresh = mine.flatMap((id) => newest.get(id)?.event ?? []);
    await reactAll(options, share, { tenantId, settings, fresh });
    const consumer = durableOf(options);
    const told = mine.filter((id) => newest.has(id));
    await share.ask({ text: ADVANCE, values: [consumer, told, told.map(fetched)] });
    const far = mine.map((id) => Math.max(now(id), fetched(id)));
    share.tell({ text: LETTERS, values: [consumer, mine, far] });
    return ids.filter(isBehind);
  });
}

async function newestOf({ archive, tenantId }: Mending, ids: readonly string[]) {
  const newest = new Map<string, Received>();
  for await (const page of archive.newest({ tenantId, ids }))
    for (const received of page) newest.set(received.event.meta.aggregateId, received);
  return newest;
}

async function reachedBy(options: ApplyOptions, share: Share, ids: readonly string[]) {
  const rows = await share.ask({ text: REACHED, values: [durableOf(options), ids] });
  const versions = new Map(rows.map((row) => [row.aggregate_id as string, row.version as number]));
  return (id: string) => versions.get(id) ?? 0;
}

async function keepingOut<T>(
  options: ApplyOptions,
  tenantId: string,
  work: (share: Share) => Promise<T>,
): Promise<T> {
  const { tx, share } = alone(options, tenantId);
  try {
    const answer = await work(share);
    await tx.commit([]);
    return answer;
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}
