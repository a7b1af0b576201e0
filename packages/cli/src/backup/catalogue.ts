// What a database holds, asked of itself: a service that joins later is in the backup without being named.
import { setTimeout as pause } from "node:timers/promises";
import { Advice } from "@guanxi/local/advice";
import { Client, escapeIdentifier } from "pg";

export interface Named {
  readonly name: string;
}

interface Table extends Named {
  /** Without those that Postgres computes. */
  readonly columns: string[];
  readonly partitions: (Named & { readonly bound: string })[];
}

export interface Schema extends Named {
  readonly migrations: string[];
  readonly tables: Table[];
}

const END_MS = 1_000;

const SCHEMAS = `select nspname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where relname = 'migrations' and relkind = 'r' order by 1`;
const TABLES = `select c.relname as name,
    array(select attname::text from pg_attribute a where a.attrelid = c.oid and attnum > 0
      and not attisdropped and attgenerated = '' order by attnum) as columns,
    coalesce((select json_agg(json_build_object('name', p.relname, 'bound', pg_get_expr(p.relpartbound, p.oid))
      order by p.relname) from pg_inherits i join pg_class p on p.oid = i.inhrelid where i.inhparent = c.oid), '[]')
      as partitions
  from pg_class c where relnamespace = $1::regnamespace and relkind in ('r', 'p') and not relispartition
    and relname <> 'migrations' order by 1`;
/** Not of the moment of the transaction but never before it: numbers may be left out, none comes twice. */
const SEQUENCES = `select sequencename as name, (coalesce(last_value, start_value - increment_by) + increment_by)::text as next
  from pg_sequences where schemaname = $1 and sequencename <> 'migrations_id_seq' order by 1`;

/** One that sees the rows of all tenants. Texts of values, of which checksums are made, look the same everywhere. */
export async function connectAsAdmin(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: "guanxi backup" });
  client.on("error", () => undefined); // whoever waits for an answer is told
  await client.connect();
  const { rows } = await client.query(
    "select rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user",
  );
  if (!(rows[0] as { sees: boolean }).sees) {
    await client.end();
    const { username } = new URL(connectionString);
    throw new Advice(
      `The database's role ${username} does not see the rows of all tenants: give a superuser, or one with BYPASSRLS that owns the services' tables.`,
    );
  }
  await client.query(
    "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1",
  );
  return client;
}

/** A connection that broke in the midst of a COPY does not say that it has ended. */
export async function hangUp(client: Client): Promise<void> {
  await Promise.race([client.end(), pause(END_MS, undefined, { ref: false })]);
  client.connection.stream.destroy();
}

export async function schemasOf(client: Client): Promise<Schema[]> {
  const found: Schema[] = [];
  for (const { name } of await ask<Named>(client, SCHEMAS)) {
    const migrations = await ask<Named>(
      client,
      `select name from ${place(name, "migrations")} order by timestamp, id`,
    );
    const tables = await ask<Table>(client, TABLES, [escapeIdentifier(name)]);
    found.push({ name, migrations: migrations.map((each) => each.name), tables });
  }
  return found;
}

export const sequencesOf = (client: Client, schema: string) =>
  ask<Named & { next: string }>(client, SEQUENCES, [schema]);

/** What a table holds in two numbers, as in the bus: equal rows give equal ones, in whatever order they stand. */
export async function contentOf(client: Client, table: string): Promise<{ rows: number; checksum: string }> {
  const text = `select count(*)::float8 as rows, coalesce(sum(hashtextextended((r.*)::text, 0)), 0)::text as checksum from ${table} r`;
  const [content] = await ask<{ rows: number; checksum: string }>(client, text);
  return content!;
}

export const place = (schema: string, name: string) =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

export async function ask<Row>(client: Client, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query(text, values)).rows as Row[];
}
