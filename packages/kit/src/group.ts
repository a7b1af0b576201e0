import type { QueryResult } from "pg";
import { v7 } from "uuid";
import type { At } from "./at.ts";
import type { Db } from "./db.ts";
import { mergeStatements, type Statement } from "./flush.ts";
import { claim, drop, keep, type RequestKey, reused, rightsChanged, storedAnswer, TWIN } from "./requests.ts";
import { covers, type Needed, requireNeeded, requireRights, type Right } from "./rights.ts";
import { type Share, type Transaction, transaction } from "./transaction.ts";

/** One request on its way through the database. */
export interface Job {
  readonly kind: "query" | "command";
  readonly method: string;
  /** What a person needs. */
  readonly right: Needed;
  readonly context: Pick<
    At,
    "tenantId" | "principal" | "cause" | "now" | "today" | "timeZone" | "currencyCode" | "check"
  >;
  readonly key?: RequestKey;
  /** Everything is done and then undone: what the database would refuse shows, and nothing stays. */
  readonly dry?: boolean;
  handle(at: At): Promise<unknown>;
  encode(answer: unknown): Buffer;
  decode(answer: Buffer): unknown;
}

export interface Answer {
  readonly answer: unknown;
  may(resource: string, action: string): boolean;
}

interface Pending {
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Run extends Pending {
  readonly share: Share;
  /** Its request id stands in this transaction. */
  claimed?: boolean;
  done?: { readonly answer: unknown; readonly bytes: Buffer | undefined };
  error?: unknown;
  /** The row for which it has to wait. */
  waitsFor?: string;
}

/** Another request of this transaction holds the row: this one takes its turn afterwards. */
const LATER = new Error("later");
const MOST = 64;

/**
 * Requests of one tenant and method that arrive in one turn of the event loop share a transaction and its statements.
 * A request that fails does not fail its neighbours: where the database refused, each is tried alone.
 */
export function gatherer(db: Db): (job: Job) => Promise<Answer> {
  const waiting = new Map<string, Pending[]>();

  function start() {
    const groups = [...waiting.values()];
    waiting.clear();
    for (const group of groups)
      for (let from = 0; from < group.length; from += MOST) void together(db, group.slice(from, from + MOST));
  }

  return (job) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const key = `${job.context.tenantId} ${job.kind} ${job.method}`;
    const group = waiting.get(key);
    if (waiting.size === 0) setImmediate(start);
    if (group) group.push({ job, resolve, reject });
    else waiting.set(key, [{ job, resolve, reject }]);
    return promise;
  };
}

async function together(db: Db, group: readonly Pending[]): Promise<void> {
  const { leaders, followers } = splitTwins(group);
  const { kind, context } = leaders[0]!.job;
  const grants = new Map<string, readonly string[]>();
  const owners = new Map<string, Pending>();
  const tx: Transaction = transaction(db, {
    tenantId: context.tenantId,
    readOnly: kind === "query",
    opening: () => openingOf(runs),
    onOpened: (results) => readGrants(results, grants),
  });
  // Only this much of one that had to wait: with its old error it would be taken for one that has to wait once more.
  const runs: Run[] = leaders.map(({ job, resolve, reject }) => ({
    job,
    resolve,
    reject,
    share: tx.share(),
  }));
  await Promise.all(runs.map((run) => handle(run, grants, owners)));

  const finish = (run: Run, answer: unknown) =>
    run.resolve({ answer, may: (resource, action) => allows(run.job, grants, { resource, action }) });
  const kept = await commit(tx, kind, runs);
  if (!kept) await alone(db, runs, grants, finish);
  else {
    for (const run of runs) {
      if (run.done) finish(run, run.done.answer);
      else if (run.error !== LATER) run.reject(run.error);
    }
    await inTurn(
      db,
      runs.filter((run) => run.error === LATER),
    );
  }
  await answerFollowers(db, followers);
}

/** One for each row at a time: if all began again, 64 for one row would be begun 2,080 times. */
async function inTurn(db: Db, later: readonly Run[]): Promise<void> {
  const rows = [...Map.groupBy(later, ({ waitsFor }) => waitsFor).values()];
  const most = Math.max(0, ...rows.map(({ length }) => length));
  for (let turn = 0; turn < most; turn += 1)
    await together(
      db,
      rows.flatMap((runs) => runs[turn] ?? []),
    );
}

/** The second of two requests with one id waits for the first, and has its answer. */
function splitTwins(group: readonly Pending[]) {
  const leaders: Pending[] = [];
  const followers: { leader: Promise<Answer>; leaderKey: RequestKey; pending: Pending }[] = [];
  const first = new Map<string, { outcome: Promise<Answer>; key: RequestKey }>();
  for (const pending of group) {
    const { key } = pending.job;
    const id = key && `${key.principalId} ${key.requestId}`;
    const twin = id ? first.get(id) : undefined;
    if (twin) followers.push({ leader: twin.outcome, leaderKey: twin.key, pending });
    else leaders.push(id ? observed(pending, (outcome) => first.set(id, { outcome, key })) : pending);
  }
  return { leaders, followers };
}

function observed(pending: Pending, tell: (outcome: Promise<Answer>) => void): Pending {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  promise.then(pending.resolve, pending.reject);
  tell(promise);
  return { job: pending.job, resolve, reject };
}

async function answerFollowers(db: Db, followers: ReturnType<typeof splitTwins>["followers"]): Promise<void> {
  const again: Pending[] = [];
  for (const { leader, leaderKey, pending } of followers) {
    try {
      const answer = await leader;
      if (leaderKey.hash === pending.job.key?.hash) pending.resolve(answer);
      else pending.reject(reused());
    } catch {
      again.push(pending); // the first was refused, and a refusal is not remembered
    }
  }
  if (again.length > 0) await together(db, again);
}

async function handle(
  run: Run,
  grants: Map<string, readonly string[]>,
  owners: Map<string, Pending>,
): Promise<void> {
  const { job, share } = run;
  const at: At = {
    ...job.context,
    ask: share.ask,
    tell: share.tell,
    known: new Map(),
    newId: () => v7(),
    may: (resource, action) => allows(job, grants, { resource, action }),
    need(action) {
      if (job.context.principal.kind !== "user") return;
      const right = { resource: job.right.resource, action };
      share.ask(requireRights([job.context.principal.id], right)).catch(() => undefined); // fails the whole flush
    },
    claim(key) {
      const owner = owners.get(key);
      if (owner && owner !== run) {
        run.waitsFor = key;
        throw LATER;
      }
      owners.set(key, run);
    },
  };
  try {
    const answer = await job.handle(at);
    run.done = { answer, bytes: job.key && job.encode(answer) };
  } catch (error) {
    run.error = error;
  }
}

function allows(job: Job, grants: Map<string, readonly string[]>, right: Right): boolean {
  const { kind, id } = job.context.principal;
  return kind !== "user" || covers(grants.get(id) ?? [], right);
}

/** What stands first in the transaction: who may not, and who asks again, stops it there. */
function openingOf(runs: readonly Run[]): Statement[] {
  const { right } = runs[0]!.job;
  const people = runs.filter(({ job }) => job.context.principal.kind === "user");
  const ids = [...new Set(people.map(({ job }) => job.context.principal.id))];
  const claims = runs.map((run) => {
    run.claimed = run.job.key !== undefined && !run.error;
    return run.claimed ? [claim(run.job.key!, run.done?.bytes)] : [];
  });
  return [
    ...(ids.length > 0 ? [requireNeeded(ids, right)] : []),
    ...mergeStatements(claims).map(({ statement }) => statement),
  ];
}

function readGrants(results: readonly QueryResult[], grants: Map<string, readonly string[]>): void {
  const rows = (results[0]?.rows ?? []) as { principalId?: string; grants?: string[] }[];
  for (const { principalId, grants: list } of rows) if (principalId && list) grants.set(principalId, list);
}

/** False when nothing could be kept, and it is not known through whose fault: then each may be done again. */
async function commit(tx: Transaction, kind: Job["kind"], runs: readonly Run[]): Promise<boolean> {
  const refused = runs.filter((run) => !run.done);
  if (tx.failed() || refused.some(({ share }) => share.sent())) {
    await tx.rollback();
    return runs.length === 1 && !tx.failed();
  }
  for (const { share } of refused) share.forget();
  if (refused.length < runs.length)
    return kind === "query" && tx.begun() && !tx.pending() ? true : keepAll(tx, runs);
  await tx.rollback();
  return true;
}

async function keepAll(tx: Transaction, runs: readonly Run[]): Promise<boolean> {
  try {
    if (runs.some(({ job }) => job.dry)) await tx.tryOut();
    else await tx.commit(tx.begun() ? closingOf(runs) : []);
    return true;
  } catch (error) {
    for (const run of runs) if (run.done) fail(run, error);
    await tx.rollback();
    return tx.inDoubt();
  }
}

function fail(run: Run, error: unknown): void {
  delete run.done;
  run.error = error;
}

function closingOf(runs: readonly Run[]): Statement[] {
  // What was not claimed here is not ours to drop: it may be an answer of long ago.
  const statements = runs.map(({ job, done, claimed }) => {
    if (!job.key || !claimed) return [];
    return [done?.bytes ? keep(job.key, done.bytes) : drop(job.key)];
  });
  return mergeStatements(statements).map(({ statement }) => statement);
}

/** A single one has its error; of several each is tried again by itself. */
async function alone(
  db: Db,
  runs: readonly Run[],
  grants: Map<string, readonly string[]>,
  finish: (run: Run, answer: unknown) => void,
): Promise<void> {
  const [only, ...others] = runs;
  if (others.length > 0) {
    await Promise.all(runs.map(({ job, resolve, reject }) => together(db, [{ job, resolve, reject }])));
    return;
  }
  const { job, error, reject } = only!;
  if (error !== TWIN) return reject(error);
  try {
    const stored = await storedAnswer(db, job.key!, job.right);
    grants.set(job.context.principal.id, stored.grants);
    const open = allows(job, grants, { resource: job.right.resource, action: "read_personal" });
    if (stored.changed && !open) throw rightsChanged();
    finish(only!, job.decode(stored.answer));
  } catch (failure) {
    reject(failure);
  }
}
