// Fills the tables of all services in one transaction, which stays open: nothing of it is seen until the stream stands too.
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Advice } from "@guanxi/local/advice";
import { type Client, escapeLiteral } from "pg";
import { from } from "pg-copy-streams";
import { ask, contentOf, place, type Schema } from "./catalogue.ts";
import type { Backup, ServiceBackup, TableBackup } from "./manifest.ts";

const PARTITIONED = `select rolname as owner, relrowsecurity as secured, relforcerowsecurity as forced
  from pg_class c join pg_roles r on r.oid = c.relowner where c.oid = $1::regclass`;

/** Whoever still works there is waited for, and from then on nobody gets in. */
export async function beginEmpty(client: Client, schemas: readonly Schema[]): Promise<void> {
  const tables = schemas.flatMap(({ name, tables }) => tables.map((table) => place(name, table.name)));
  await client.query("begin; set local lock_timeout = '10s'");
  await client.query(`truncate ${tables.join(", ")}`).catch((error: Error & { code?: string }) => {
    throw error.code === "55P03"
      ? new Advice("Somebody works in the database: stop the services first.")
      : error;
  });
  await withoutTriggers(client);
}

/** Rows come in the order of the alphabet's tables, not of their references. */
async function withoutTriggers(client: Client): Promise<void> {
  await client
    .query("set local session_replication_role = replica")
    .catch((error: Error & { code?: string }) => {
      if (error.code !== "42501") throw error;
      throw new Advice(
        "The database's admin may not set session_replication_role, without which rows cannot come before those that they refer to: give a superuser.",
      );
    });
}

export async function load(client: Client, backup: Backup): Promise<void> {
  for (const service of backup.manifest.services) {
    for (const table of service.tables) await fill(client, backup.folder, service.name, table);
    // Not setval, which a rollback leaves as it is.
    for (const { name, next } of service.sequences)
      await client.query(`alter sequence ${place(service.name, name)} restart with ${BigInt(next)}`);
  }
}

export async function analyze(client: Client, services: readonly ServiceBackup[]): Promise<void> {
  const all = services.flatMap(({ name, tables }) => tables.map((table) => place(name, table.name)));
  await client.query(`analyze ${all.join(", ")}`);
}

async function fill(client: Client, folder: string, schema: string, table: TableBackup): Promise<void> {
  const into = place(schema, table.name);
  await makePartitions(client, schema, table);
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(", ");
  const copy = client.query(from(`copy ${into} (${columns}) from stdin`));
  await pipeline(createReadStream(path.join(folder, table.path)), createGunzip(), copy);
  const { rows, checksum } = await contentOf(client, into);
  if (rows !== table.rows || checksum !== table.checksum)
    throw new Error(
      `${schema}.${table.name} was ${table.rows} rows ${table.checksum} and is ${rows} rows ${checksum}: nothing was restored`,
    );
}

const DAY = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d\+00)?$/;

/** What Postgres calls the bound of a partition, read and written anew: it comes from a file, and goes to an admin's session. */
function boundOf(text: string): string {
  if (text === "DEFAULT") return text;
  const [, from = "", to = ""] = /^FOR VALUES FROM \('([^']*)'\) TO \('([^']*)'\)$/.exec(text) ?? [];
  if (!DAY.test(from) || !DAY.test(to))
    throw new Advice(`The backup was altered by hand: no partition of ours is "${text}".`);
  return `for values from (${escapeLiteral(from)}) to (${escapeLiteral(to)})`;
}

/** Those of the months that the backup knows; the service's own function makes them the same way. */
async function makePartitions(
  client: Client,
  schema: string,
  { name, partitions }: TableBackup,
): Promise<void> {
  for (const partition of partitions) {
    if (!partition.name.startsWith(`${name}_`))
      throw new Advice(`The backup was altered by hand: ${partition.name} is no partition of ${name}.`);
    const made = place(schema, partition.name);
    const [there] = await ask(client, "select where to_regclass($1) is not null", [made]);
    if (there) continue;
    const [parent] = await ask<{ owner: string; secured: boolean; forced: boolean }>(client, PARTITIONED, [
      place(schema, name),
    ]);
    const { owner, secured, forced } = parent!;
    await client.query(
      `create table ${made} partition of ${place(schema, name)} ${boundOf(partition.bound)}`,
    );
    await client.query(`alter table ${made} owner to ${client.escapeIdentifier(owner)}`);
    if (secured) await client.query(`alter table ${made} enable row level security`);
    if (forced) await client.query(`alter table ${made} force row level security`);
  }
}
