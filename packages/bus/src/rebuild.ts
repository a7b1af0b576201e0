import { transaction } from "@guanxi/kit/transaction";
import { type ApplyOptions, durableOf, keepOut, reactAll, settingsIfKnown } from "./apply.ts";
import type { Archive } from "./archive.ts";

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

/**
 * Makes a projection anew from the archive, a tenant in one transaction: until it commits everybody reads the old figures,
 * and the reader of new events waits.
 */
export async function rebuild(
  options: ApplyOptions,
  archive: Archive,
  tenantId: string,
): Promise<{ events: number }> {
  const { reader, db } = options;
  const consumer = durableOf(options);
  const tables = [...new Set(reader.reactions.flatMap((reaction) => reaction.tables))];
  if (reader.kind === "effect" || tables.length === 0) throw new Error(`${consumer} cannot be made anew`);
  const settings = await settingsIfKnown(options, tenantId);
  const opening = () => [...PATIENT, keepOut(consumer, tenantId, false)];
  const tx = transaction(db, { tenantId, opening });
  const share = tx.share();
  try {
    for (const table of tables) share.tell({ text: `delete from ${table}` });
    share.tell({ text: LETTERS, values: [consumer] }); // what they hold is in the archive too
    await share.ask({ text: FORGET, values: [consumer] });
    let events = 0;
    for await (const page of archive.pages({ tenantId })) {
      await reactAll(options, share, { tenantId, settings, fresh: page.map(({ event }) => event) });
      const last = new Map(page.map(({ event: { meta } }) => [meta.aggregateId, meta.version]));
      await share.ask({ text: ADVANCE, values: [consumer, [...last.keys()], [...last.values()]] });
      events += page.length;
    }
    await tx.commit([]);
    return { events };
  } catch (error) {
    await tx.rollback();
    throw error;
  }
}

/** All whose events are in the archive. */
export async function tenantsOf(archive: Archive): Promise<string[]> {
  const tenants = new Set<string>();
  for await (const page of archive.pages({})) for (const { event } of page) tenants.add(event.meta.tenantId);
  return [...tenants];
}
