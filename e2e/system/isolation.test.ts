// What keeps tenants apart, read from the catalogue of each service's database: nothing here is true because a migration
// remembered it.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AppName, NAMES, openSchema } from "./schemas.ts";

/** Each policy besides "the rows of this transaction's tenant", with its reason. */
const OTHER_POLICIES: Record<AppName | "each", string[]> = {
  each: [
    // The relay publishes for all tenants, and sees nothing but what it publishes.
    "event_log relay all to relay using (true) with check (true)",
    "event_log_default relay all to relay using (true) with check ()",
    "outbox relay all to relay using (true) with check ()",
    // The app says and does not read what it said.
    "outbox tenant insert to app using () with check ((tenant_id = tenant()))",
    // Answers that nobody may ask for any more.
    "requests forget delete to relay using ((create_time < (now() - '7 days'::interval))) with check ()",
    "requests forgotten select to relay using ((create_time < (now() - '7 days'::interval))) with check ()",
  ],
  // Whoever signs in has no tenant yet; the keys belong to the installation.
  identity: [
    "signing_keys keys all to app using (true) with check (true)",
    "tenants sign_in select to owner using (true) with check ()",
    "users sign_in select to owner using (true) with check ()",
  ],
  customer: [],
  analytics: [],
};
const TENANT_POLICY =
  /^\w+ tenant all to app using \(\(tenant_id = tenant\(\)\)\) with check \(\(tenant_id = tenant\(\)\)\)$/;

/** Functions that see more than their caller. */
const DEFINERS: Record<AppName, string[]> = {
  identity: ["make_partitions", "sign_ins"],
  customer: ["make_partitions"],
  analytics: ["make_partitions"],
};

/** The app may not read them. */
const UNREADABLE = /^(outbox|event_log(_\w+)?)$/;

describe.each(NAMES)("%s", (name) => {
  let schema: Awaited<ReturnType<typeof openSchema>>;
  beforeAll(async () => void (schema = await openSchema(name)));
  afterAll(() => schema?.close());

  /** With the schema as $1. */
  async function ask<Row = { line: string }>(text: string): Promise<Row[]> {
    await schema.admin.query(`set search_path = ${name}`); // so that names stand without the schema
    return (await schema.admin.query(text, text.includes("$1") ? [name] : [])).rows as Row[];
  }
  const lines = async (text: string) => (await ask(text)).map(({ line }) => line);

  const TENANT_TABLES = `
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
    where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')`;

  test("every table with a tenant has row security that holds for its owner too", async () => {
    const all = await ask(`${TENANT_TABLES} order by 1`);
    expect(all.length).toBeGreaterThan(10);
    const open = `select relname as line from (${TENANT_TABLES}) t where not (relrowsecurity and relforcerowsecurity)`;
    expect(await lines(open)).toEqual([]);
  });

  test("every other table is known to hold nobody's data", async () => {
    const without = await lines(`
      select relname as line from pg_class c where relnamespace = $1::text::regnamespace and relkind in ('r', 'p', 'v', 'm')
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') order by 1`);
    expect(without).toEqual(["checkpoints", "migrations", ...(name === "identity" ? ["signing_keys"] : [])]);
  });

  test("policies let a tenant's rows pass and no others, but for the ones that are listed", async () => {
    const policies = await lines(`
      select format('%s %s %s to %s using (%s) with check (%s)', polrelid::regclass, polname,
        case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        (select string_agg(case when r.oid is null then 'public' else replace(r.rolname, $1::text || '_', '') end, ',')
          from unnest(polroles) as p (oid) left join pg_roles r on r.oid = p.oid),
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) as line
      from pg_policy join pg_class c on c.oid = polrelid where c.relnamespace = $1::text::regnamespace order by 1`);
    const others = policies.filter((policy) => !TENANT_POLICY.test(policy));
    expect(others).toEqual([...OTHER_POLICIES.each, ...OTHER_POLICIES[name]].toSorted());
    const kept = policies
      .filter((policy) => TENANT_POLICY.test(policy))
      .map((policy) => policy.split(" ")[0]);
    const tables = await lines(`select relname as line from (${TENANT_TABLES}) t order by 1`);
    expect(kept).toEqual(tables.filter((table) => !UNREADABLE.test(table)));
  });

  test("the tenant comes first in every key", async () => {
    // Positions are the relay's, which is nobody's tenant. An account may be of several.
    const exempt = ["outbox_pkey"];
    const keys = await lines(`
      select i.indexrelid::regclass::text as line from pg_index i join (${TENANT_TABLES}) t on t.oid = i.indrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where i.indisunique and a.attname <> 'tenant_id' order by 1`);
    expect(keys).toEqual(exempt);
    const references = await lines(`
      select conname as line from pg_constraint f
      join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
      join pg_attribute b on b.attrelid = confrelid and b.attnum = confkey[1]
      where contype = 'f' and connamespace = $1::text::regnamespace and (a.attname <> 'tenant_id' or b.attname <> 'tenant_id')`);
    expect(references).toEqual([]);
  });

  test("an index finds the rows of every reference", async () => {
    const slow = await lines(`
      select conname as line from pg_constraint f where contype = 'f' and connamespace = $1::text::regnamespace
        and not exists (select from pg_index i where i.indrelid = f.conrelid
          and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey) order by 1`);
    expect(slow).toEqual([]);
  });

  test("the roles can do no more than they must", async () => {
    const roles = await lines(
      `select rolname as line from pg_roles where rolname like $1::text || '\\_%' order by 1`,
    );
    expect(roles).toEqual([`${name}_app`, `${name}_owner`, `${name}_relay`]);
    const mighty = await lines(`select rolname as line from pg_roles where rolname like $1::text || '\\_%'
      and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)`);
    const members = await lines(`select member::regrole::text as line from pg_auth_members
      where member::regrole::text like $1::text || '\\_%' or roleid::regrole::text like $1::text || '\\_%'`);
    const owners = await lines(`
      select distinct owner::regrole::text as line from (
        select relowner as owner from pg_class where relnamespace = $1::text::regnamespace
        union all select proowner from pg_proc where pronamespace = $1::text::regnamespace
        union all select nspowner from pg_namespace where nspname = $1::text) o`);
    const makers =
      await lines(`select r.rolname as line from pg_roles r, pg_namespace n where n.nspname = $1::text
      and r.rolname in ($1::text || '_app', $1::text || '_relay') and has_schema_privilege(r.oid, n.oid, 'create')`);
    expect({ mighty, members, owners, makers }).toEqual({
      mighty: [],
      members: [],
      owners: [`${name}_owner`],
      makers: [],
    });
  });

  test("nobody but its roles may touch a table", async () => {
    const strangers = await lines(`
      select format('%s %s', c.relname, case a.grantee when 0 then 'public' else a.grantee::regrole::text end) as line
      from pg_class c, aclexplode(c.relacl) a where c.relnamespace = $1::text::regnamespace
        and (a.grantee = 0 or a.grantee::regrole::text not like $1::text || '\\_%') order by 1`);
    expect(strangers).toEqual([]);
  });

  test("functions that see more than their caller are listed, look only where they must, and are not for everybody", async () => {
    const definers = await ask<{ line: string; path: string | null; everybody: boolean }>(`
      select proname as line, (select c from unnest(proconfig) c where c like 'search_path=%') as path,
        exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as everybody
      from pg_proc where pronamespace = $1::text::regnamespace and prosecdef order by 1`);
    const wanted = DEFINERS[name].map((line) => ({
      line,
      path: `search_path=${name}, pg_temp`,
      everybody: false,
    }));
    expect(definers).toEqual(wanted);
  });

  test("no column has a type whose index row security would keep from being used", async () => {
    const forbidden = await lines(`
      select format('%s.%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod)) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
      where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
        and (t.typtype <> 'b' or t.typname in ('numeric', 'citext', 'varchar', 'bpchar', 'timestamp', 'json', 'float4', 'float8'))
        and c.relname <> 'migrations' order by 1`);
    const indexed = await lines(`
      select distinct format('%s %s', i.indexrelid::regclass, a.attname) as line
      from pg_index i join pg_class c on c.oid = i.indrelid, unnest(i.indkey, i.indcollation) as k (attnum, ruled)
      join pg_attribute a on a.attnum = k.attnum
      where a.attrelid = i.indrelid and c.relnamespace = $1::text::regnamespace
        and (k.ruled not in (0, '"C"'::regcollation) or a.atttypid in ('jsonb'::regtype, 'bytea'::regtype)) order by 1`);
    const times = await lines(`
      select format('%s.%s', c.relname, a.attname) as line from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p') and a.atttypid = 'timestamptz'::regtype
        and a.atttypmod <> 3 order by 1`);
    expect({ forbidden, indexed, times }).toEqual({ forbidden: [], indexed: [], times: [] });
  });

  test("with another tenant, or none, there is not one row, and none can be made or changed", async () => {
    const [mine, another] = [randomUUID(), randomUUID()];
    const tables = (await lines(`select relname as line from (${TENANT_TABLES}) t order by 1`)).filter(
      (table) => !UNREADABLE.test(table),
    );
    for (const table of tables) {
      await plant(table, mine);
      expect([table, await seen(table, mine), await seen(table, another), await seen(table, "")]).toEqual([
        table,
        1,
        0,
        0,
      ]);
      expect(await tried(`update ${table} set tenant_id = '${another}'`, another)).toMatch(
        /^0 rows|permission denied/,
      );
      expect(await tried(`delete from ${table}`, another)).toMatch(/^0 rows|permission denied/);
      expect(await tried(`delete from ${table}`, "")).toMatch(/^0 rows|permission denied/);
      expect(await tried(`update ${table} set tenant_id = '${another}'`, mine)).toMatch(
        /row-level security|permission denied/,
      );
      expect(await seen(table, mine)).toBe(1);
    }
    for (const table of ["outbox", "event_log", "event_log_default"])
      expect(await tried(`select from ${table}`, mine)).toMatch(/permission denied/);
    const foreign = `insert into seen (tenant_id, consumer, aggregate_id, version) values ('${mine}', 'x', '${mine}', 1)`;
    expect(await tried(foreign, another)).toMatch(/row-level security/);
    expect(await tried(foreign, "")).toMatch(/row-level security/);
  });

  /** A row of that tenant with something in every column that needs it, whatever it refers to. */
  async function plant(table: string, tenantId: string): Promise<void> {
    const columns = await ask<{ name: string; type: string; needed: boolean }>(`
      select a.attname as name, a.atttypid::regtype::text as type, a.attnotnull as needed from pg_attribute a
      where a.attrelid = '${table}'::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' order by a.attnum`);
    const first = columns.find(({ needed }) => !needed)?.name; // one of a group of which one must be set
    const filled = columns.filter(({ name, needed }) => needed || name === first);
    const values = filled.map(({ name, type }) =>
      name === "tenant_id" ? `'${tenantId}'` : (SAMPLES[type] ?? "null"),
    );
    await schema.admin.query("set session_replication_role = replica"); // no references
    await ask(
      `insert into ${table} (${filled.map((each) => each.name).join(", ")}) values (${values.join(", ")})`,
    );
    await schema.admin.query("set session_replication_role = origin");
  }

  /** As the service sees it. */
  async function seen(table: string, tenantId: string): Promise<number> {
    const { rows } = await inTenant(`select count(*)::int as count from ${table}`, tenantId);
    return (rows[0] as { count: number }).count;
  }

  async function tried(text: string, tenantId: string): Promise<string> {
    try {
      return `${(await inTenant(text, tenantId)).rowCount} rows`;
    } catch (error) {
      return (error as Error).message;
    }
  }

  async function inTenant(text: string, tenantId: string) {
    await schema.app.query("begin");
    try {
      await schema.app.query("select set_config('app.tenant', $1, true)", [tenantId]);
      return await schema.app.query(text);
    } finally {
      await schema.app.query("rollback");
    }
  }
});

const SAMPLES: Record<string, string> = {
  uuid: "gen_random_uuid()",
  text: "'x'",
  integer: "1",
  bigint: "1",
  boolean: "true",
  date: "'2026-01-31'",
  jsonb: "'{}'",
  bytea: "''",
  "timestamp with time zone": "now()",
};
