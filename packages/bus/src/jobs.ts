// What is due, done by as many processes as there are, each job by one of them.
import { setTimeout as pause } from "node:timers/promises";
import type { Again, Job, JobContext } from "./app.ts";
import { bell } from "./bell.ts";
import { textOf } from "./error-text.ts";
import type { Running } from "./relay.ts";
import { openSession, type Session } from "./session.ts";

export interface JobsOptions {
  readonly service: string;
  /** A direct connection as <service>_relay: locks live in its session. */
  readonly databaseUrl: string;
  readonly jobs: readonly Job[];
  readonly context: JobContext;
  readonly onError: (error: unknown) => void;
}

const AT_ONCE = 2;
const AGAIN_MS = 250;
const POLL_MS = 1_000;
/** The bell rings for every event of the service too. */
const BETWEEN_LOOKS_MS = 100;

interface Due {
  readonly tenant_id: string;
  readonly job_id: string;
  readonly name: string;
  readonly subject_id: string;
  readonly attempts: number;
}

// Of each tenant and name the oldest first, so that a thousand jobs do not stand before one of another tenant or name.
const DUE = `select tenant_id, job_id, name, subject_id, attempts from (
    select *, row_number() over (partition by tenant_id, name order by due_time, job_id) as place
    from jobs where due_time <= now() and name = any($1)) d
  order by place, due_time limit 200`;
const STILL_DUE = "select attempts from jobs where tenant_id = $1 and job_id = $2 and due_time <= now()";
const DONE = "delete from jobs where tenant_id = $1 and job_id = $2";
const AGAIN = `update jobs set attempts = 0, error = null,
    due_time = coalesce($3::timestamptz, now() + $4::float8 * interval '1 millisecond')
  where tenant_id = $1 and job_id = $2`;
const FAILED = `update jobs set attempts = attempts + 1, error = $3,
    due_time = now() + least(60, 0.5 * 2 ^ least(attempts, 10)) * interval '1 second'
  where tenant_id = $1 and job_id = $2`;

/** Any number of processes may run: a job is held by a lock, which ends with the process. */
export function startJobs(options: JobsOptions): Running {
  const stopping = new AbortController();
  const done = options.jobs.length > 0 ? run() : Promise.resolve();

  async function run() {
    while (!stopping.signal.aborted) {
      await follow(options, stopping.signal).catch(options.onError);
      if (!stopping.signal.aborted) await pause(AGAIN_MS);
    }
  }
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

interface Held {
  readonly due: Due;
  readonly done: Promise<void>;
}

interface Found {
  due: Due[];
  freshUntil: number;
}

/** As long as one session lives. Without it no lock is held, so everything under way is told to stop. */
async function follow(options: JobsOptions, stopping: AbortSignal): Promise<void> {
  const session = await openSession({ ...options, use: "jobs" });
  const wake = bell();
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  const held = new Map<string, Held>();
  const served = new Map<string, number>(); // by tenant, and by name within: when it last had its turn
  const found: Found = { due: [], freshUntil: 0 };
  let broken: unknown;
  session.lost.catch((error: unknown) => {
    broken = error;
    lost.abort();
  });
  session.onWake(wake.ring);
  signal.addEventListener("abort", wake.ring);

  function begin(due: Due) {
    const lock = lockOf(due);
    for (const turn of turnsOf(due)) served.set(turn, performance.now());
    const done = work(options, session, due, signal).finally(() => {
      held.delete(lock);
      wake.ring();
    });
    held.set(lock, { due, done });
  }

  async function takeSome(): Promise<boolean> {
    await look(options, session, found);
    return take(session, found.due, { held, served, signal, begin });
  }

  try {
    while (!signal.aborted) {
      for (let more = true; more && !signal.aborted && held.size < AT_ONCE; ) more = await takeSome();
      if (held.size < AT_ONCE) await pause(BETWEEN_LOOKS_MS);
      await wake.rung(POLL_MS - BETWEEN_LOOKS_MS);
    }
    if (broken !== undefined && !stopping.aborted) throw broken;
  } finally {
    lost.abort();
    await Promise.all([...held.values()].map(({ done }) => done));
    await session.end();
  }
}

const lockOf = ({ tenant_id, name, subject_id }: Due) => `job ${tenant_id} ${name} ${subject_id}`;
const turnsOf = ({ tenant_id, name }: Due) => [tenant_id, `${tenant_id} ${name}`] as const;

interface Hands {
  readonly held: ReadonlyMap<string, Held>;
  readonly served: ReadonlyMap<string, number>;
  readonly signal: AbortSignal;
  begin(due: Due): void;
}

/** What the last look has found is good for a while: among 100,000 jobs a look takes most of a second. */
async function look({ jobs }: JobsOptions, session: Session, found: Found): Promise<void> {
  const begun = performance.now();
  if (found.due.length > 0 && begun < found.freshUntil) return;
  found.due = await session.ask<Due>(DUE, [jobs.map(({ name }) => name)]);
  const end = performance.now();
  found.freshUntil = end + Math.max(BETWEEN_LOOKS_MS, 3 * (end - begun));
}

/** Whether there was something to take. */
async function take(session: Session, due: Due[], { held, served, signal, begin }: Hands): Promise<boolean> {
  let taken = false;
  // Whoever is told to stop takes nothing more: it would be given up at once, and be taken again without end.
  while (!signal.aborted && due.length > 0 && held.size < AT_ONCE) {
    const next = nextOf(due, held, served);
    due.splice(due.indexOf(next), 1);
    const lock = lockOf(next);
    if (held.has(lock) || !(await session.takeLock(lock))) continue;
    // Another process may have done it between the look and the lock.
    const [still] = await session.ask<{ attempts: number }>(STILL_DUE, [next.tenant_id, next.job_id]);
    taken ||= still !== undefined;
    if (still) begin({ ...next, ...still });
    else await session.giveLock(lock);
  }
  return taken;
}

/** Whose tenant has least under way, and of those which has waited longest; then which of its names. */
function nextOf(due: readonly Due[], held: Hands["held"], served: Hands["served"]): Due {
  const busy = (turn: string) => [...held.values()].filter((one) => turnsOf(one.due).includes(turn)).length;
  const standing = (one: Due) => turnsOf(one).flatMap((turn) => [busy(turn), served.get(turn) ?? 0]);
  const isBefore = (a: readonly number[], b: readonly number[]) => {
    const place = a.findIndex((value, index) => value !== b[index]);
    return place >= 0 && a[place]! < b[place]!;
  };
  const standings = due.map((one) => ({ one, standing: standing(one) }));
  return standings.reduce((first, each) => (isBefore(each.standing, first.standing) ? each : first)).one;
}

const dueOf = (again: Again) => ("again" in again ? [again.again, null] : [null, again.afterMs]);

async function work(options: JobsOptions, session: Session, due: Due, signal: AbortSignal): Promise<void> {
  const { name, tenant_id: tenantId, subject_id: subjectId, attempts } = due;
  const job = options.jobs.find((each) => each.name === name)!;
  const key = [tenantId, due.job_id];
  try {
    const outcome = await job.run({ tenantId, subjectId, attempts, signal }, options.context);
    await (outcome ? session.ask(AGAIN, [...key, ...dueOf(outcome)]) : session.ask(DONE, key));
  } catch (error) {
    if (signal.aborted) return; // still due, for whoever comes next
    options.onError(error);
    await session.ask(FAILED, [...key, textOf(error)]).catch(options.onError);
  } finally {
    if (!signal.aborted) await session.giveLock(lockOf(due)).catch(options.onError);
  }
}
