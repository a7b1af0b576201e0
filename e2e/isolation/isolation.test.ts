// All services in one database, as an installation has them, and each role at every table. What the catalogue says of it
// stands in catalogue.test.ts; here it is tried.
import { randomUUID } from "node:crypto";
import { migrate } from "@guanxi/kit/migrate";
import { testDatabase } from "@guanxi/testkit/database";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { analytics } from "../../services/analytics/src/app.ts";
import { customer } from "../../services/customer/src/app.ts";
import { identity } from "../../services/identity/src/app.ts";
import { interaction } from "../../services/interaction/src/app.ts";
import { marketing } from "../../services/marketing/src/app.ts";
import { sales } from "../../services/sales/src/app.ts";
import { serviceDesk } from "../../services/service-desk/src/app.ts";

const APPS = { identity, customer, analytics, sales, service_desk: serviceDesk, interaction, marketing };
type Service = keyof typeof APPS;
const SERVICES = Object.keys(APPS) as Service[];
const ROLES = ["app", "relay", "owner"] as const;
type Role = (typeof ROLES)[number];

const NAME = `isolation_${process.pid}`;
const MINE = randomUUID();
const ANOTHER = randomUUID();
const open: Client[] = [];
let admin: Client;

beforeAll(async () => {
  // Another file may be making the same roles, which belong to the whole cluster: whoever asks for a template waits for them.
  for (const service of SERVICES) await testDatabase(inject("adminUrl"), APPS[service]);
  const outside = await connect(inject("adminUrl"));
  await outside.query(`create database ${NAME}`);
  admin = await connect(urlOf());
  for (const service of SERVICES) {
    const urls = [urlOf(service, "app"), urlOf(service, "relay")];
    const { migrations } = APPS[service];
    await migrate({ service, migrations, adminUrl: urlOf(), ownerUrl: urlOf(service, "owner"), urls });
    for (const table of await tablesOf(service)) await plant(service, table);
  }
});
afterAll(async () => {
  for (const client of open) await client.end();
});

async function connect(connectionString: string): Promise<Client> {
  // The relay's sessions end when they have been idle for some seconds; here one waits while the others are asked.
  const client = new Client({ connectionString, options: "-c idle_session_timeout=0" });
  await client.connect();
  open.push(client);
  return client;
}

/** As one of a service's roles, or as the admin. */
function urlOf(service?: Service, role?: Role): string {
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${NAME}`;
  if (service) Object.assign(url, { username: `${service}_${role}`, password: "test" });
  return url.href;
}

async function lines(sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await admin.query(sql, values);
  return (rows as { line: string }[]).map(({ line }) => line);
}

const tablesOf = (service: Service) =>
  lines(
    "select relname as line from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') order by 1",
    [service],
  );

const tenantTablesOf = (service: Service) =>
  lines(
    `select relname as line from pg_class c where relnamespace = $1::regnamespace and relkind in ('r', 'p')
     and exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id') order by 1`,
    [service],
  );

const SAMPLES: Record<string, string> = {
  text: "'x'",
  integer: "1",
  bigint: "1",
  "double precision": "1",
  boolean: "true",
  date: "'2026-01-31'",
  jsonb: "'{}'",
  bytea: "''",
  "timestamp with time zone": "'2020-01-31'",
};

/** Something in every column that needs it; all ids are the tenant's, so that rows refer to each other. */
async function rowOf(service: Service, table: string, tenantId: string): Promise<string> {
  const columns = await admin.query(
    `select quote_ident(attname) as name, atttypid::regtype::text as type from pg_attribute
     where attrelid = ($1 || '.' || $2)::regclass and attnum > 0 and not attisdropped and attidentity = ''
       and (attnotnull and not atthasdef or attname in ('tenant_id', 'text_value'))`,
    [service, table],
  );
  const filled = columns.rows as { name: string; type: string }[];
  const values = filled.map(({ type }) => (type === "uuid" ? `'${tenantId}'` : (SAMPLES[type] ?? "'x'")));
  return `insert into ${service}.${table} (${filled.map(({ name }) => name).join(", ")}) values (${values.join(", ")})`;
}

/** Past the references, and into partitions through the table that they belong to. */
async function plant(service: Service, table: string): Promise<void> {
  if (table.startsWith("event_log_")) return;
  await admin.query("set session_replication_role = replica");
  await admin.query(await rowOf(service, table, MINE));
  await admin.query("reset session_replication_role");
}

/** How many rows, or why not; without a tenant nothing is set at all. */
async function tried(client: Client, sql: string, tenantId?: string): Promise<number | string> {
  await client.query("begin");
  try {
    if (tenantId !== undefined) await client.query("select set_config('app.tenant', $1, true)", [tenantId]);
    return (await client.query(sql)).rowCount ?? 0;
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as Error).message}`;
  } finally {
    await client.query("rollback");
  }
}

const DENIED = /^42501 permission denied/;
const NOT_THE_APPS = /^(outbox|event_log(_\w+)?)$/;

describe.for(SERVICES)("%s", (service) => {
  const others = SERVICES.filter((each) => each !== service);
  const as: Partial<Record<Role, Client>> = {};
  beforeAll(async () => {
    for (const role of ROLES) as[role] = await connect(urlOf(service, role));
  });

  test("its app sees the rows of its tenant; of another, or without one, none in any table", async () => {
    const tables = (await tenantTablesOf(service)).filter((table) => !NOT_THE_APPS.test(table));
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      const sql = `select from ${service}.${table}`;
      const seen = [
        await tried(as.app!, sql, MINE),
        await tried(as.app!, sql, ANOTHER),
        await tried(as.app!, sql),
      ];
      expect(seen, table).toEqual([1, 0, 0]);
    }
    for (const table of (await tablesOf(service)).filter((each) => NOT_THE_APPS.test(each)))
      expect(await tried(as.app!, `select from ${service}.${table}`, MINE), table).toMatch(DENIED);
  });

  test("its app makes rows for no tenant but its own", async () => {
    for (const table of await tenantTablesOf(service)) {
      const sql = await rowOf(service, table, MINE);
      // A session begins by a function, as an event is logged by the relay: the app may insert neither.
      const refused = /^(event_log|sessions$)/.test(table)
        ? DENIED
        : /^42501 new row violates row-level security policy/;
      expect(await tried(as.app!, sql, ANOTHER), table).toMatch(refused);
      expect(await tried(as.app!, sql), table).toMatch(refused);
    }
    expect(await tried(as.app!, await rowOf(service, "outbox", ANOTHER), ANOTHER)).toBe(1);
  });

  test("its relay reads what it publishes and what is due, and no table of the business", async () => {
    const readable: string[] = [];
    for (const table of await tablesOf(service)) {
      const answer = await tried(as.relay!, `select 1 from ${service}.${table}`);
      if (typeof answer === "number") readable.push(table);
      else expect(answer, table).toMatch(DENIED);
    }
    // Of requests it sees when they were made, of letters that they are put aside and by whom, and nothing else.
    expect(readable).toEqual([
      "checkpoints",
      "dead_letters",
      "event_log",
      "event_log_default",
      "jobs",
      "migrations",
      "outbox",
      "requests",
    ]);
    expect(await tried(as.relay!, `select answer from ${service}.requests`)).toMatch(DENIED);
    expect(await tried(as.relay!, `select principal from ${service}.requests`)).toMatch(DENIED);
    expect(await tried(as.relay!, `select payload from ${service}.dead_letters`)).toMatch(DENIED);
  });

  test("its owner sees nobody's rows, besides those of whom it is asked at the door", async () => {
    const seen: string[] = [];
    for (const table of await tenantTablesOf(service))
      if ((await tried(as.owner!, `select from ${service}.${table}`, MINE)) !== 0) seen.push(table);
    expect(seen).toEqual(service === "identity" ? ["sessions", "users"] : []);
  });

  test("none of its roles gets into the schema of another service", async () => {
    for (const other of others) {
      const functions = await lines(
        "select proname as line from pg_proc where pronamespace = $1::regnamespace",
        [other],
      );
      for (const role of ROLES) {
        for (const table of await tablesOf(other))
          expect(await tried(as[role]!, `select from ${other}.${table}`, MINE), role).toMatch(DENIED);
        for (const name of functions)
          expect(await tried(as[role]!, `select ${other}.${name}()`, MINE), role).toMatch(DENIED);
        expect(await tried(as[role]!, `create table ${other}.mine ()`)).toMatch(DENIED);
        expect(await tried(as[role]!, `set role ${other}_app`)).toMatch(/^42501/);
      }
    }
  });

  test("its app and its relay can make nothing that lasts, and lift no guard", async () => {
    for (const role of ["app", "relay"] as const) {
      const client = as[role]!;
      for (const sql of [
        `create table ${service}.mine ()`,
        "create table public.mine ()",
        "create schema mine",
        `create function ${service}.mine() returns int language sql as 'select 1'`,
        "create role mine",
        "set session_replication_role = replica",
        `set role ${service}_owner`,
      ])
        expect(await tried(client, sql), `${role} ${sql}`).toMatch(/^42501/);
      for (const table of await tablesOf(service)) {
        const qualified = `${service}.${table}`;
        for (const sql of [`alter table ${qualified} disable row level security`, `truncate ${qualified}`])
          expect(await tried(client, sql), `${role} ${sql}`).toMatch(/^42501/);
      }
      const { rows } = await client.query("show row_security");
      expect(rows).toEqual([{ row_security: "on" }]);
    }
  });

  test("every index of rows with a tenant begins with it, but for those that serve all tenants at once", async () => {
    const others = await lines(
      `select c.relname as line from pg_index i join pg_class c on c.oid = i.indexrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where c.relnamespace = $1::regnamespace and a.attname <> 'tenant_id' and not c.relispartition and exists
         (select from pg_attribute t where t.attrelid = i.indrelid and t.attname = 'tenant_id') order by 1`,
      [service],
    );
    expect(others).toEqual([
      "event_log_by_sequence", // the relay's reconcile, and ReadEvents, which is for services
      "jobs_by_due_time", // what is due, whose ever it is
      "outbox_pkey", // the order in which the relay publishes
      "requests_by_time", // the relay forgets them
      // What is asked before a tenant is known: whose key is this, which keys nobody uses any more, whose account is this?
      ...(service === "identity" ? ["sessions_by_use_time", "sessions_pkey", "users_by_account"] : []),
    ]);
  });
});
