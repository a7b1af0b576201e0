import { migrate, type Migration, schemaCheck } from "@guanxi/kit/migrate";
import { openDb } from "@guanxi/kit/db";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { QueryRunner } from "typeorm";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";

const service = "shop";
const database = `migrate_${process.pid}`;
const urlOf = (role: string) => {
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${database}`;
  if (role !== "admin") Object.assign(url, { username: `${service}_${role}`, password: "test" });
  return url.href;
};

interface More {
  readonly needs?: string;
  /** None, for what Postgres does outside of one only. */
  readonly transaction?: boolean;
}

const step = (name: string, statements: string | readonly string[], more: More = {}): Migration =>
  class {
    name = name;
    constructor() {
      Object.assign(this, more);
    }
    async up(runner: QueryRunner): Promise<void> {
      for (const statement of [statements].flat()) await runner.query(statement);
    }
    async down(): Promise<void> {}
  };

const goods = step("Goods1700000000011", "create table goods (name text)");
const priced = step("Priced1700000000012", "alter table goods add column price int");
const named = step("Named1700000000013", "alter table goods alter column name set not null", {
  needs: "1700000000012",
});

const asOwner = (migrations: readonly Migration[], more = {}) =>
  migrate({ service, migrations, ownerUrl: urlOf("owner"), urls: [], ...more });

let server: Client;
let admin: Client;
beforeAll(async () => {
  server = new Client({ connectionString: inject("adminUrl") });
  await server.connect();
});
beforeEach(async () => {
  await admin?.end();
  await server.query(`drop database if exists ${database}`);
  await server.query(`create database ${database}`);
  const urls = [urlOf("app"), urlOf("relay")];
  await migrate({ service, migrations: [goods], adminUrl: urlOf("admin"), ownerUrl: urlOf("owner"), urls });
  admin = new Client({ connectionString: urlOf("admin"), options: `-c search_path=${service}` });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.query(`drop database ${database}`);
  await server.end();
});

async function isReady(migrations: readonly Migration[]): Promise<string> {
  const db = await openDb({ service, url: urlOf("app") });
  try {
    await schemaCheck(db, service, migrations)();
    return "ready";
  } catch (error) {
    return (error as Error).message;
  } finally {
    await db.close();
  }
}

test("a service leaves the others connections and disk", async () => {
  const limits = `select rolname, rolconnlimit * 100 / current_setting('max_connections')::int as percent
    from pg_roles where rolname in ('shop_app', 'shop_relay') order by 1`;
  expect((await server.query(limits)).rows).toEqual([
    { rolname: "shop_app", percent: 40 },
    { rolname: "shop_relay", percent: 20 },
  ]);
  for (const role of ["app", "relay"]) {
    const client = new Client({ connectionString: urlOf(role) });
    await client.connect();
    expect((await client.query("show temp_file_limit")).rows).toEqual([{ temp_file_limit: "1GB" }]);
    await expect(client.query("create temporary table heap (n int)")).rejects.toThrow(/permission denied/);
    await expect(client.query("set temp_file_limit = -1")).rejects.toThrow(/permission denied/);
    await client.end();
  }
});

test("the database keeps what each migration needs, from the moment that it is done", async () => {
  const late = step("Late1700000000014", "select 1");
  await asOwner([goods, priced, named, late]);
  const { rows } = await admin.query("select name, needs from migrations order by id desc limit 3");
  expect(rows).toEqual([
    { name: "Late1700000000014", needs: null },
    { name: "Named1700000000013", needs: "1700000000012" },
    { name: "Priced1700000000012", needs: null },
  ]);
  expect(await isReady([goods])).toContain("Named1700000000013 took away");
  expect(await isReady([goods, priced])).toBe("ready");
});

test("a schema that an earlier release has made is ready as it is, and learns to keep what is needed", async () => {
  await admin.query("alter table migrations drop column needs");
  expect(await isReady([goods])).toBe("ready");
  expect(await asOwner([goods, priced, named])).toEqual(["Priced1700000000012", "Named1700000000013"]);
  expect(await isReady([goods])).toContain("Named1700000000013 took away");
});

test("without any schema code is not ready, and says what to run", async () => {
  await admin.query("drop table migrations");
  expect(await isReady([goods])).toContain("Goods1700000000011: run migrate");
});

test("what failed is told with its statement and left undone, and the next run goes on from there", async () => {
  const wrong = step("Wrong1700000000013", [
    "create table half_done (n int)",
    "create table other (n int); select pricee from goods; select 1",
  ]);
  await expect(asOwner([goods, priced, wrong])).rejects.toMatchObject({
    migration: "Wrong1700000000013",
    statement: "select pricee from goods",
    hint: 'Perhaps you meant to reference the column "goods.price".',
    code: "42703",
  });
  expect((await admin.query("select to_regclass('half_done') as half")).rows).toEqual([{ half: null }]);
  const right = step("Wrong1700000000013", "create table half_done (n int)");
  expect(await asOwner([goods, priced, right])).toEqual(["Wrong1700000000013"]);
});

/** Holds a table as somebody does who forgot to commit. */
async function blocker() {
  const client = new Client({ connectionString: urlOf("admin"), options: `-c search_path=${service}` });
  await client.connect();
  await client.query("begin; lock table goods in access share mode");
  return client;
}

test("whoever cannot lock steps back, lets others through, and asks again", async () => {
  await server.query("alter role shop_owner set lock_timeout = '300ms'");
  const holding = await blocker();
  const waits: string[] = [];
  const pausesMs = [700, 100, 100, 5_000];
  const migrating = asOwner([goods, priced], { pausesMs, onWait: (line: string) => waits.push(line) });
  await expect.poll(() => waits.length, { timeout: 10_000 }).toBe(1);
  // In the pause nobody stands in the queue before this one.
  await admin.query("set lock_timeout = '100ms'; select from goods");
  await holding.end();
  expect(await migrating).toEqual(["Priced1700000000012"]);
  expect(waits[0]).toContain("canceling statement due to lock timeout");
});

test("in the end it gives up, and everything is as before", async () => {
  await server.query("alter role shop_owner set lock_timeout = '100ms'");
  const holding = await blocker();
  await expect(asOwner([goods, priced], { pausesMs: [10, 10] })).rejects.toMatchObject({ code: "55P03" });
  await holding.end();
  expect(await asOwner([goods, priced])).toEqual(["Priced1700000000012"]);
});

test("whoever waits for another's migration says so, again and again", async () => {
  const other = new Client({ connectionString: urlOf("owner") });
  await other.connect();
  await other.query("select pg_advisory_lock(hashtextextended('shop migrate', 0))");
  const waits: string[] = [];
  const onWait = (line: string) => void waits.push(line);
  const migrating = asOwner([goods], { tellMs: { first: 300, each: 300 }, onWait });
  await expect.poll(() => waits.length, { timeout: 5_000 }).toBe(2);
  await other.end();
  await migrating;
  expect(waits[0]).toBe("another migrate of shop is at work: this one waits until it has ended");
});

test("two at once do it once, also where an index is made beside the work of others", async () => {
  const indexed = step(
    "Indexed1700000000012",
    [
      "drop index concurrently if exists goods_by_name",
      "create index concurrently goods_by_name on goods (name)",
    ],
    { transaction: false },
  );
  const done = await Promise.all([
    asOwner([goods, indexed]),
    pause(20).then(() => asOwner([goods, indexed])),
  ]);
  expect(done.flat()).toEqual(["Indexed1700000000012"]);
});
