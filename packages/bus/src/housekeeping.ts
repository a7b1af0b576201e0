import { Gauge, register } from "prom-client";
import type { Session } from "./session.ts";

const EVERY_MS = 3_600_000;
const FEW = 2_000;
const FORGET = `delete from requests where create_time <= (
  select max(create_time) from (select create_time from requests
    where create_time < now() - interval '7 days' order by create_time limit ${FEW}) f) returning create_time`;

const last = new WeakMap<Session, number>();

const unpartitioned = new Gauge({
  name: "event_log_default_rows",
  help: "Rows of the event log outside of any month: partitions were not made in time",
  registers: [register],
});

/** What the leader does once an hour: months ahead for the log, answers that are too old to be asked for again. */
export async function keepHouse(session: Session): Promise<void> {
  const now = performance.now();
  if (now - (last.get(session) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
  last.set(session, now);
  await session.ask("select make_partitions()");
  for (let gone = FEW; gone >= FEW; ) gone = (await session.ask(FORGET)).length; // events go out in between
  const [row] = await session.ask<{ count: string }>("select count(*) from event_log_default");
  unpartitioned.set(Number(row!.count));
}
