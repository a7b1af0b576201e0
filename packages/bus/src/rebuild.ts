import { type Share, transaction } from "@guanxi/kit/transaction";
import { type ApplyOptions, durableOf, keepOut, reactAll, settingsIfKnown } from "./apply.ts";
import type { Archive } from "./archive.ts";
import { type Checksum, checksums, tablesOf } from "./checksum.ts";
import type { Received } from "./received.ts";

/** It takes as long as it takes: what it waits for is short, and what it does is one tenant's. */
const PATIENT = [
  "lock_timeout = '60s'",
  "statement_timeout = 0",
  "idle_in_transaction_session_timeout = 0",
].map((setting) => ({ text: `set local ${setting}` }));
const FORGET = "delete from seen where consumer = $1";
const LETTERS = "delete from dead_letters where consumer = $1";
const ADVANCE = `insert into seen (consumer, aggregate_id, version)
  select $1, * from unnest($2::uuid[], $3::int[])
  on conflict (tenant_id, consumer, aggregate_id) do update set version = excluded.version`;
const SEEN = "select aggregate_id, version from seen where consumer = $1 and aggregate_id = any($2::uuid[])";

/**
 * Makes a projection anew from the archive, a tenant in one transaction: until it commits everybody reads the old figures,
 * and the reader of new events waits.
 */
export async function rebuild(
  options: ApplyOptions,
  archive: Archive,
  tenantId: string,
): Promise<{ events: number }> {
  const consumer = durableOf(options);
  const { tx, share } = alone(options, tenantId);
  try {
    share.tell({ text: LETTERS, values: [consumer] }); // what they hold is in the archive too
    await share.ask({ text: FORGET, values: [consumer] });
    const { events, last } = await fill(options, share, { tenantId, archive }, async (page) => {
      const last = new Map(page.map(({ event: { meta } }) => [meta.aggregateId, meta.version]));
      await share.ask({ text: ADVANCE, values: [consumer, [...last.keys()], [...last.values()]] });
      return page;
    });
    for (const say of last.values()) say();
    await tx.commit([]);
    return { events };
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

/** A table as it stands, and as it was made anew. */
export interface Compared {
  readonly table: string;
  readonly live: Checksum;
  readonly anew: Checksum;
}

/**
 * Makes a projection anew, compares, and takes everything back: nobody sees anything of it, but new events wait as they do for
 * a rebuild. Of the archive it takes what the reader has applied, so that one which lags is not taken for a wrong one.
 */
export async function checkRebuild(
  options: ApplyOptions,
  archive: Archive,
  tenantId: string,
): Promise<{ events: number; tables: Compared[] }> {
  const consumer = durableOf(options);
  const { tx, share } = alone(options, tenantId);
  try {
    const tables = tablesOf(options.reader);
    const live = await checksums(share, tables);
    const { events } = await fill(options, share, { tenantId, archive }, async (page) => {
      const ids = [...new Set(page.map(({ event }) => event.meta.aggregateId))];
      const rows = await share.ask({ text: SEEN, values: [consumer, ids] });
      const seen = new Map(rows.map((row) => [row.aggregate_id as string, row.version as number]));
      return page.filter(({ event: { meta } }) => meta.version <= (seen.get(meta.aggregateId) ?? 0));
    });
    const anew = await checksums(share, tables);
    return {
      events,
      tables: tables.map((table, index) => ({ table, live: live[index]!, anew: anew[index]! })),
    };
  } finally {
    await tx.rollback();
  }
}

/** A transaction that keeps the reader out. */
export function alone({ db, ...options }: ApplyOptions, tenantId: string) {
  const consumer = durableOf(options);
  const opening = () => [...PATIENT, keepOut(consumer, tenantId, false)];
  const tx = transaction(db, { tenantId, opening });
  return { tx, share: tx.share() };
}

interface Source {
  readonly tenantId: string;
  readonly archive: Archive;
}

interface Filled {
  readonly events: number;
  /** What is to be told to others, by its key. */
  readonly last: ReadonlyMap<string, () => void>;
}

/** Empties the tables, and applies of each page what `take` leaves of it. */
async function fill(
  options: ApplyOptions,
  share: Share,
  { tenantId, archive }: Source,
  take: (page: readonly Received[]) => Promise<readonly Received[]>,
): Promise<Filled> {
  const tables = tablesOf(options.reader);
  if (!canBeRebuilt(options.reader)) throw new Error(`${durableOf(options)} cannot be made anew`);
  const settings = await settingsIfKnown(options, tenantId);
  for (const table of tables) share.tell({ text: `delete from ${table}` });
  const last = new Map<string, () => void>();
  const sending = { ...share, atEnd: (key: string, say: () => void) => void last.set(key, say) };
  let events = 0;
  for await (const page of archive.pages({ tenantId })) {
    const taken = await take(page);
    await reactAll(options, sending, { tenantId, settings, fresh: taken.map(({ event }) => event) });
    events += taken.length;
  }
  return { events, last };
}

export const canBeRebuilt = (reader: ApplyOptions["reader"]): boolean =>
  reader.kind === "projection" && tablesOf(reader).length > 0;

/** All whose events are in the archive. */
export async function tenantsOf(archive: Archive): Promise<string[]> {
  const tenants = new Set<string>();
  for await (const page of archive.pages({})) for (const { event } of page) tenants.add(event.meta.tenantId);
  return [...tenants];
}
