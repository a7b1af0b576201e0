import { createHash } from "node:crypto";
import type { Db } from "./db.ts";
import { flush, giveBack, type Statement } from "./flush.ts";
import { refuse } from "./refuse.ts";
import { type Needed, requireNeeded } from "./rights.ts";
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

const CLAIM = `insert into requests (principal, method, request_id, hash, answer, principal_version)
  select i.*, p.version
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[]) as i (principal)
  left join principals p on p.principal_id = i.principal::uuid`;
const KEEP = `update requests r set answer = i.answer
  from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as i (principal, method, request_id, answer)
  where r.principal = i.principal and r.method = i.method and r.request_id = i.request_id`;
const DROP = `delete from requests r
  using unnest($1::text[], $2::text[], $3::text[]) as i (principal, method, request_id)
  where r.principal = i.principal and r.method = i.method and r.request_id = i.request_id`;
const STORED = `select r.hash, r.answer, p.version is distinct from r.principal_version as changed
  from requests r left join principals p on p.principal_id = r.principal::uuid
  where r.principal = $1 and r.method = $2 and r.request_id = $3`;

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

export interface Stored {
  readonly answer: Buffer;
  readonly grants: readonly string[];
  /** The person's rights may be others than when it was answered. */
  readonly changed: boolean;
}

/** What the same request was answered before, for a person who may still ask it. */
export async function storedAnswer(db: Db, key: RequestKey, needed: Needed): Promise<Stored> {
  const client = await db.pool.connect();
  try {
    const rights = requireNeeded([key.principalId], needed);
    const question = { name: "request stored", text: STORED, values: keyOf(key) };
    const results = await flush(client, [begin(key.tenantId, "read only"), rights, question, COMMIT]);
    const [{ grants }] = results[1]!.rows as [{ grants: string[] }];
    const [stored] = results[2]!.rows as { hash: string; answer: Buffer | null; changed: boolean }[];
    if (!stored?.answer) throw inProgress();
    if (stored.hash !== key.hash) throw reused();
    return { answer: stored.answer, changed: stored.changed, grants };
  } finally {
    giveBack(client);
  }
}

/** An answer may show what its reader may not see any more; where it came from can be asked anew. */
export const rightsChanged = () =>
  refuse("forbidden", "RIGHTS_CHANGED", "This was done, when you had other rights: read what came of it.");

export const reused = () =>
  refuse(
    "precondition",
    "REQUEST_ID_REUSED",
    "This request id was used for another request: take a new one.",
  );

const inProgress = () =>
  refuse("aborted", "REQUEST_IN_PROGRESS", "The same request is still being worked on: ask again.");
