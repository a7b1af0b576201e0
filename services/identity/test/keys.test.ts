import type { IncomingMessage, ServerResponse } from "node:http";
import { openDb } from "@guanxi/kit/db";
import { createLog } from "@guanxi/kit/log";
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Keys, openKeys } from "../src/tokens/keys.ts";
import { startIdentity } from "./rig.ts";

const identity = await startIdentity();
const { admin, database } = identity;
const db = await openDb({ service: "identity", url: database.urlOf("app") });
afterAll(async () => {
  await db.close();
  await identity.stop();
});
beforeEach(() => admin.query("delete from signing_keys"));

const open = async () => {
  const keys = await openKeys(db, createLog("identity", "silent"));
  keys.close();
  return keys;
};
const shown = (keys: Keys) => {
  let text = "";
  const response = { writeHead: () => response, end: (body: string) => (text = body) };
  void keys.page({} as IncomingMessage, response as unknown as ServerResponse);
  return JSON.parse(text) as { keys: { kid: string; d?: string }[] };
};
const makeOlder = (age: string) =>
  admin.query("update signing_keys set create_time = create_time - $1::interval", [age]);

test("processes that begin together make one key and sign with it", async () => {
  const all = await Promise.all([open(), open(), open()]);
  const signing = new Set(all.map((keys) => keys.signing(new Date()).keyId));
  expect(signing.size).toBe(1);
  expect(shown(all[0]).keys.map(({ kid }) => kid)).toEqual([...signing]);
  expect((await open()).signing(new Date()).keyId).toBe([...signing][0]);
});

test("what is shown is no secret", async () => {
  const [key] = shown(await open()).keys;
  expect(Object.keys(key!).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
});

test("after ninety days a new key comes, is shown at once, signs when all have seen it, and the old one goes", async () => {
  const first = (await open()).signing(new Date());
  await makeOlder("91 days");
  const turning = await open();
  expect(shown(turning).keys).toHaveLength(2);
  expect(turning.signing(new Date()).keyId).toBe(first.keyId);

  await makeOlder("6 minutes");
  const second = (await open()).signing(new Date());
  expect(second.keyId).not.toBe(first.keyId);
  expect(shown(await open()).keys).toHaveLength(2);

  await makeOlder("2 days");
  expect(shown(await open()).keys.map(({ kid }) => kid)).toEqual([second.keyId]);

  await makeOlder("90 days");
  await open();
  const { rows } = await admin.query("select key_id from signing_keys");
  expect(rows.map(({ key_id }: { key_id: string }) => key_id)).not.toContain(first.keyId);
  expect(rows).toHaveLength(2);
});

test("only the service reads the keys, and nobody changes one", async () => {
  await open();
  const relay = await openDb({ service: "identity", url: database.urlOf("relay") });
  await expect(relay.pool.query("select * from signing_keys")).rejects.toThrow("permission denied");
  await relay.close();
  await expect(db.pool.query("update signing_keys set generation = 7")).rejects.toThrow("permission denied");
});

test("what is open across tenants is this, and nothing else", async () => {
  const { rows } = await admin.query(`
    select distinct tablename || ' ' || cmd || ' ' || array_to_string(roles, ',') as open from pg_policies
    where schemaname = 'identity' and (qual = 'true' or with_check = 'true') and not roles = '{identity_relay}'
    order by open`);
  expect(rows.map(({ open }: { open: string }) => open)).toEqual([
    "sessions ALL identity_owner",
    "signing_keys ALL identity_app",
    "users SELECT identity_owner",
  ]);
  const { rowCount } = await db.pool.query("select from users");
  expect(rowCount).toBe(0);
});
