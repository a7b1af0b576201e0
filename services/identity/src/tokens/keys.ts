// The keys that Guanxi tokens are signed with, kept in the database so that all identity processes share them.
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import type { Db } from "@guanxi/kit/db";
import type { Log } from "@guanxi/kit/log";
import type { PageHandler } from "@guanxi/kit/management";
import { type Key, needsKey, shownKeys, signingKey } from "./key.ts";

export interface Keys {
  /** The one to sign with. */
  signing(now: Date): Key;
  /** The public ones, as RFC 7517 has it. */
  readonly page: PageHandler;
  close(): void;
}

/** Well below the warm-up of a new key. */
const LOOK_MS = 60_000;

export async function openKeys({ pool }: Pick<Db, "pool">, log: Log): Promise<Keys> {
  let keys = await renewed(pool, new Date());
  const look = () =>
    renewed(pool, new Date()).then(
      (now) => void (keys = now),
      (error: unknown) =>
        log.warn({ err: error }, "the keys could not be looked at; those that are known go on"),
    );
  const timer = setInterval(() => void look(), LOOK_MS).unref();
  return {
    signing: (now) => signingKey(keys, now),
    page: (_req, res) => {
      const shown = { keys: shownKeys(keys, new Date()).map(({ publicJwk }) => publicJwk) };
      res.writeHead(200, { "content-type": "application/jwk-set+json" }).end(JSON.stringify(shown));
    },
    close: () => clearInterval(timer),
  };
}

type Pool = Db["pool"];

/** All keys, with a new one if it is time and without those that nobody needs any more. */
async function renewed(pool: Pool, now: Date): Promise<Key[]> {
  const before = await load(pool);
  if (!needsKey(before, now)) return before;
  await add(pool, before.length === 0 ? 1 : before[0]!.generation + 1, now);
  const after = await load(pool);
  const shown = shownKeys(after, now);
  await drop(
    pool,
    after.filter((key) => !shown.includes(key)),
  );
  return after;
}

type StoredKey = Key & { readonly generation: number };

async function load(pool: Pool): Promise<StoredKey[]> {
  const { rows } = await pool.query<StoredKey>(`
select generation, key_id as "keyId", private_jwk as "privateJwk", public_jwk as "publicJwk", create_time as "createTime"
from signing_keys order by generation desc`);
  return rows;
}

/** Of two processes that find at once that it is time, the first one's key is taken. */
async function add(pool: Pool, generation: number, now: Date): Promise<void> {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const keyId = await calculateJwkThumbprint(publicJwk);
  const shown = { ...publicJwk, kid: keyId, alg: "ES256", use: "sig" };
  await pool.query(
    `insert into signing_keys (generation, key_id, private_jwk, public_jwk, create_time)
values ($1, $2, $3, $4, $5) on conflict (generation) do nothing`,
    [generation, keyId, await exportJWK(pair.privateKey), shown, now.toISOString()],
  );
}

async function drop(pool: Pool, keys: readonly StoredKey[]): Promise<void> {
  const gone = keys.map(({ generation }) => generation);
  await pool.query("delete from signing_keys where generation = any($1::int[])", [gone]);
}
