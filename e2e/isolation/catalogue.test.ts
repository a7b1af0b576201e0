// What keeps tenants apart, read from the catalogue of each service's database: nothing here is true because a migration
// remembered it. isolation.test.ts tries it.
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

interface Allowed {
  /** Tables whose rows belong to no tenant. */
  readonly untenanted: string[];
  /** Policies besides "the rows of this transaction's tenant". */
  readonly policies: string[];
  /** Functions that see more than their caller. */
  readonly definers: string[];
  /** Tables with a tenant that the app does not read. */
  readonly unread: RegExp;
}

const EVERY: Allowed = {
  untenanted: ["checkpoints", "migrations"], // how far a reader has come in the stream of all; which schema this is
  policies: [
    // The relay publishes for all tenants, and sees nothing but what it publishes.
    "event_log relay all to relay using (true) with check (true)",
    "event_log_default relay all to relay using (true) with check ()",
    "outbox relay all to relay using (true) with check ()",
    // What is due is found for all tenants, and says only whose it is.
    "jobs relay all to relay using (true) with check (true)",
    // How many events a reader has put aside is counted for all tenants; the column grants leave the rest out.
    "dead_letters relay select to relay using (parked) with check ()",
    // The app says and does not read what it said.
    "outbox tenant insert to app using () with check ((tenant_id = tenant()))",
    // Answers that nobody may ask for any more.
    "requests forget delete to relay using ((create_time < (now() - '7 days'::interval))) with check ()",
    "requests forgotten select to relay using ((create_time < (now() - '7 days'::interval))) with check ()",
  ],
  definers: ["make_partitions"],
  unread: /^(outbox|event_log(_\w+)?)$/,
};

/** Whoever signs in has no tenant yet; the keys belong to the installation. */
const OF_IDENTITY: Allowed = {
  untenanted: [...EVERY.untenanted, "signing_keys"],
  policies: [
    ...EVERY.policies,
    // By the key that a browser brings, before a tenant is known; the app gets there by functions that want the key.
    "sessions session all to owner using (true) with check (true)",
    // Whoever shuts a user out ends their sessions, of the own tenant: no more than that is granted.
    "sessions shut_out all to app using ((tenant_id = tenant())) with check ()",
    "signing_keys keys all to app using (true) with check (true)",
    "users sign_in select to owner using (true) with check ()",
  ],
  definers: ["begin_session", "end_session", ...EVERY.definers, "sign_ins", "use_session"],
  unread: /^(outbox|event_log(_\w+)?|sessions)$/,
};

const TENANT_POLICY =
  /^\w+ tenant all to app using \(\(tenant_id = tenant\(\)\)\) with check \(\(tenant_id = tenant\(\)\)\)$/;

const TENANTED = `
tenanted as (
  select c.* from pg_class c where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'))`;

describe.for(SERVICES)("%s", (service) => {
  const allowed = service === "identity" ? OF_IDENTITY : EVERY;
  let client: Client;
  beforeAll(async () => {
    const { adminUrl } = await testDatabase(inject("adminUrl"), APPS[service]);
    client = new Client({ connectionString: adminUrl, options: `-c search_path=${service}` });
    await client.connect();
  });
  afterAll(() => client?.end());

  /** One column called line, sorted; $1 is the schema. */
  async function lines(sql: string): Promise<string[]> {
    const { rows } = await client.query(sql, [service]);
    return (rows as { line: string }[]).map(({ line }) => line).toSorted();
  }

  test("every table with a tenant has row security, also for its owner", async () => {
    expect((await lines(`with ${TENANTED} select relname as line from tenanted`)).length).toBeGreaterThan(10);
    const open = await lines(
      `with ${TENANTED} select relname as line from tenanted where not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(open).toEqual([]);
  });

  test("every other table is known to hold no tenant's data", async () => {
    const others = await lines(
      `with ${TENANTED} select relname as line from pg_class c where relnamespace = $1::text::regnamespace
       and relkind in ('r', 'p', 'v', 'm', 'f') and oid not in (select oid from tenanted)`,
    );
    expect(others).toEqual(allowed.untenanted);
  });

  test("policies let a tenant's rows pass and no others, but for those that are listed", async () => {
    const policies = await lines(
      `select format('%s %s %s to %s using (%s) with check (%s)', tablename, policyname, lower(cmd),
         replace(array_to_string(roles, ','), $1 || '_', ''), qual, with_check) as line
       from pg_policies where schemaname = $1 and permissive = 'PERMISSIVE'`,
    );
    const others = policies.filter((policy) => !TENANT_POLICY.test(policy));
    expect(others).toEqual(allowed.policies.toSorted());
    const kept = policies
      .filter((policy) => TENANT_POLICY.test(policy))
      .map((policy) => policy.split(" ")[0]!);
    const tables = await lines(`with ${TENANTED} select relname as line from tenanted`);
    expect(kept).toEqual(tables.filter((table) => !allowed.unread.test(table)));
  });

  test("partitions are reached through the table that they belong to", async () => {
    const reached = await lines(
      `select format('%s %s', relname, grantee::regrole) as line from pg_class, aclexplode(relacl)
       where relnamespace = $1::text::regnamespace and relispartition and grantee <> relowner`,
    );
    // The gauge of what fell into none of the months.
    expect(reached).toEqual([`event_log_default ${service}_relay`]);
  });

  test("the tenant comes first in every reference, and an index finds its rows", async () => {
    const references = await lines(
      `select conname as line from pg_constraint
       join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
       join pg_attribute b on b.attrelid = confrelid and b.attnum = confkey[1]
       where contype = 'f' and connamespace = $1::text::regnamespace
         and not (a.attname = 'tenant_id' and b.attname = 'tenant_id')`,
    );
    const slow = await lines(
      `select conname as line from pg_constraint f where contype = 'f' and connamespace = $1::text::regnamespace
       and not exists (select from pg_index i where i.indrelid = f.conrelid
         and (i.indkey::int2[])[0:cardinality(f.conkey) - 1] @> f.conkey)`,
    );
    expect({ references, slow }).toEqual({ references: [], slow: [] });
  });

  test("the roles are three, with no power beyond their grants, and only the owner owns", async () => {
    const roles = await lines(
      `select format('%s%s', rolname, case when rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication
         then ' is mighty' end) as line from pg_roles where starts_with(rolname, $1 || '_')`,
    );
    const members = await lines(
      `select member::regrole::text as line from pg_auth_members where starts_with(member::regrole::text, $1 || '_')
       or starts_with(roleid::regrole::text, $1 || '_')`,
    );
    const owners = await lines(
      `select distinct owner::regrole::text as line from (
         select relowner as owner from pg_class where relnamespace = $1::text::regnamespace
         union all select proowner from pg_proc where pronamespace = $1::text::regnamespace
         union all select nspowner from pg_namespace where nspname = $1) every`,
    );
    expect({ roles, members, owners }).toEqual({
      roles: [`${service}_app`, `${service}_owner`, `${service}_relay`],
      members: [],
      owners: [`${service}_owner`],
    });
  });

  test("nobody but its roles may touch a table or enter the schema", async () => {
    const strangers = await lines(
      `select format('%s %s', name, grantee::regrole) as line from (
         select relname as name, a.grantee from pg_class, aclexplode(relacl) a where relnamespace = $1::text::regnamespace
         union all
         select nspname, a.grantee from pg_namespace, aclexplode(nspacl) a where nspname = $1) every
       where grantee = 0 or not starts_with(grantee::regrole::text, $1 || '_')`,
    );
    expect(strangers).toEqual([]);
  });

  test("functions that see more than their caller are listed, look where they must, and are not for everybody", async () => {
    const definers = await lines(
      `select concat_ws(' ', proname, proconfig::text, case when exists (
         select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) then 'for everybody' end) as line
       from pg_proc where pronamespace = $1::text::regnamespace and prosecdef`,
    );
    expect(definers).toEqual(allowed.definers.map((name) => `${name} {"search_path=${service}, pg_temp"}`));
  });

  test("no column has a type that would change under it or keep row security from its index", async () => {
    const types = await lines(
      `select format('%s.%s %s', c.relname, attname, format_type(atttypid, atttypmod)) as line
       from pg_attribute join pg_class c on c.oid = attrelid join pg_type t on t.oid = atttypid
       where c.relnamespace = $1::text::regnamespace and c.relkind in ('r', 'p') and attnum > 0 and not attisdropped
         and c.relname <> 'migrations' -- TypeORM's own
         -- float8 is for what a model says, which comes back to the last bit; money is int8
         and (t.typname not in ('uuid', 'text', 'int4', 'int8', 'float8', 'bool', 'date', 'timestamptz', 'jsonb', 'bytea')
           or t.typname = 'timestamptz' and atttypmod <> 3)`,
    );
    const indexed = await lines(
      `select format('%s %s', i.indexrelid::regclass, a.attname) as line
       from pg_index i join pg_class c on c.oid = i.indrelid, unnest(i.indkey, i.indcollation) as k (attnum, ruled)
       join pg_attribute a on a.attnum = k.attnum
       where a.attrelid = i.indrelid and c.relnamespace = $1::text::regnamespace
         and (k.ruled not in (0, '"C"'::regcollation) or a.atttypid in ('jsonb'::regtype, 'bytea'::regtype, 'float8'::regtype))`,
    );
    expect({ types, indexed }).toEqual({ types: [], indexed: [] });
  });
});
