import { createHash } from "node:crypto";
import type { Db } from "./db.ts";
import { flush, giveBack, type Statement } from "./flush.ts";
import { refuse } from "./refuse.ts";
import { begin, COMMIT } from "./session.ts";

/** A command that may come twice: the second time it gets the first answer. */
export interface RequestKey {
  readonly tenantId: string;
  readonly principalId: string;
  readonly method: string;
  readonly requestId: string;
  readonly hash: string;
}

/** Thrown by the claim when the same request has committed before: nothing behind it in the flush took effect. */
export const TWIN = new Error("this request was answered before");

export const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64url");

const CLAIM = `insert into requests (principal, method, request_id, hash, answer)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[])`;
const KEEP = `update requests r set answer = i.answer
  from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as i (principal, method, request_id, answer)
  where r.principal = i.principal and r.method = i.method and r.request_id = i.request_id`;
const DROP = `delete from requests r
  using unnest($1::text[], $2::text[], $3::text[]) as i (principal, method, request_id)
  where r.principal = i.principal and r.method = i.method and r.request_id = i.request_id`;
const STORED = "select hash, answer from requests where principal = $1 and method = $2 and request_id = $3";

const keyOf = ({ principalId, method, requestId }: RequestKey) => [principalId, method, requestId];
const lists = (values: readonly unknown[]) => values.map((value) => [value]);

/** First in the transaction, so that a repetition waits here, before it reads what the first has changed. */
export function claim(key: RequestKey, answer: Buffer | undefined): Statement {
  return {
    name: "request claim",
    text: CLAIM,
    values: lists([...keyOf(key), key.hash, answer ?? null]),
    rows: true,
    refusal(error) {
      if (error.code === "23505") return TWIN;
      if (error.code === "55P03") return inProgress();
      return error;
    },
  };
}

export const keep = (key: RequestKey, answer: Buffer): Statement => ({
  name: "request keep",
  text: KEEP,
  values: lists([...keyOf(key), answer]),
  rows: true,
});

/** A refusal had no effect, so nothing is remembered of it. */
export const drop = (key: RequestKey): Statement => ({
  name: "request drop",
  text: DROP,
  values: lists(keyOf(key)),
  rows: true,
});

/** What the same request was answered before. */
export async function storedAnswer(db: Db, key: RequestKey): Promise<Buffer> {
  const client = await db.pool.connect();
  try {
    const question = { name: "request stored", text: STORED, values: keyOf(key) };
    const results = await flush(client, [begin(key.tenantId, "read only"), question, COMMIT]);
    const [stored] = results[1]!.rows as { hash: string; answer: Buffer | null }[];
    if (!stored?.answer) throw inProgress();
    if (stored.hash !== key.hash) throw reused();
    return stored.answer;
  } finally {
    giveBack(client);
  }
}

export const reused = () =>
  refuse(
    "precondition",
    "REQUEST_ID_REUSED",
    "This request id was used for another request: take a new one.",
  );

const inProgress = () =>
  refuse("aborted", "REQUEST_IN_PROGRESS", "The same request is still being worked on: ask again.");
