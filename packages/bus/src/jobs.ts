// What is due, done by as many processes as there are, each job by one of them.
import { setTimeout as pause } from "node:timers/promises";
import type { Job, JobContext } from "./app.ts";
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

// Of each tenant the oldest first, so that a tenant with a thousand jobs does not stand before one with a single one.
const DUE = `select tenant_id, job_id, name, subject_id, attempts from (
    select *, row_number() over (partition by tenant_id order by due_time, job_id) as place
    from jobs where due_time <= now() and name = any($1)) d
  order by place, due_time limit 50`;
const STILL_DUE = "select attempts from jobs where tenant_id = $1 and job_id = $2 and due_time <= now()";
const DONE = "delete from jobs where tenant_id = $1 and job_id = $2";
const AGAIN =
  "update jobs set due_time = $3, attempts = 0, error = null where tenant_id = $1 and job_id = $2";
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
  readonly tenantId: string;
  readonly done: Promise<void>;
}

/** As long as one session lives. Without it no lock is held, so everything under way is told to stop. */
async function follow(options: JobsOptions, stopping: AbortSignal): Promise<void> {
  const session = await openSession({ ...options, use: "jobs" });
  const wake = bell();
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  const held = new Map<string, Held>();
  const served = new Map<string, number>(); // by tenant: when it last had its turn
  let broken: unknown;
  session.lost.catch((error: unknown) => {
    broken = error;
    lost.abort();
  });
  session.onWake(wake.ring);
  signal.addEventListener("abort", wake.ring);

  function begin(due: Due) {
    const lock = lockOf(due);
    served.set(due.tenant_id, performance.now());
    const done = work(options, session, due, signal).finally(() => {
      held.delete(lock);
      wake.ring();
    });
    held.set(lock, { tenantId: due.tenant_id, done });
  }

  try {
    while (!signal.aborted) {
      if (held.size < AT_ONCE) await take(options, session, { held, served, begin });
      await pause(BETWEEN_LOOKS_MS);
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

interface Hands {
  readonly held: ReadonlyMap<string, Held>;
  readonly served: ReadonlyMap<string, number>;
  begin(due: Due): void;
}

async function take({ jobs }: JobsOptions, session: Session, { held, served, begin }: Hands): Promise<void> {
  const due = await session.ask<Due>(DUE, [jobs.map(({ name }) => name)]);
  const busy = (tenantId: string) => [...held.values()].filter((one) => one.tenantId === tenantId).length;
  while (due.length > 0 && held.size < AT_ONCE) {
    // Who has least under way, and of those who has waited longest.
    due.sort(
      (a, b) =>
        busy(a.tenant_id) - busy(b.tenant_id) ||
        (served.get(a.tenant_id) ?? 0) - (served.get(b.tenant_id) ?? 0),
    );
    const next = due.shift()!;
    const lock = lockOf(next);
    if (held.has(lock) || !(await session.takeLock(lock))) continue;
    // Another process may have done it between the look and the lock.
    const [still] = await session.ask<{ attempts: number }>(STILL_DUE, [next.tenant_id, next.job_id]);
    if (still) begin({ ...next, ...still });
    else await session.giveLock(lock);
  }
}

async function work(options: JobsOptions, session: Session, due: Due, signal: AbortSignal): Promise<void> {
  const { name, tenant_id: tenantId, subject_id: subjectId, attempts } = due;
  const job = options.jobs.find((each) => each.name === name)!;
  const key = [tenantId, due.job_id];
  try {
    const outcome = await job.run({ tenantId, subjectId, attempts, signal }, options.context);
    await (outcome ? session.ask(AGAIN, [...key, outcome.again]) : session.ask(DONE, key));
  } catch (error) {
    if (signal.aborted) return; // still due, for whoever comes next
    options.onError(error);
    await session.ask(FAILED, [...key, textOf(error)]).catch(options.onError);
  } finally {
    if (!signal.aborted) await session.giveLock(lockOf(due)).catch(options.onError);
  }
}
