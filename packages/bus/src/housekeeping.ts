import { Gauge, register } from "prom-client";
import type { Session } from "./session.ts";

const EVERY_MS = 3_600_000;
const BUSY_AGAIN_MS = 60_000;
const FEW = 2_000;
const FORGET = `delete from requests where create_time <= (
  select max(create_time) from (select create_time from requests
    where create_time < now() - interval '7 days' order by create_time limit ${FEW}) f) returning create_time`;

/**
 * A new month is attached under a lock that a backup withholds until it has ended. Were it waited for, all would wait behind
 * it, also a next leader: the server goes on waiting for a client that has gone.
 */
const MONTHS = "select set_config('lock_timeout', '1s', true), make_partitions()";
const LOCK_NOT_AVAILABLE = "55P03";

const next = new WeakMap<Session, number>();

const unpartitioned = new Gauge({
  name: "event_log_default_rows",
  help: "Rows of the event log outside of any month: partitions were not made in time",
  registers: [register],
});

/** What the leader does once an hour: months ahead for the log, answers that are too old to be asked for again. */
export async function keepHouse(session: Session, onError: (error: unknown) => void): Promise<void> {
  const now = performance.now();
  if (now < (next.get(session) ?? Number.NEGATIVE_INFINITY)) return;
  next.set(session, now + EVERY_MS);
  await session.ask(MONTHS).catch((error: unknown) => {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    next.set(session, now + BUSY_AGAIN_MS);
    onError(error);
  });
  for (let gone = FEW; gone >= FEW; ) gone = (await session.ask(FORGET)).length; // events go out in between
  const [row] = await session.ask<{ count: string }>("select count(*) from event_log_default");
  unpartitioned.set(Number(row!.count));
}
