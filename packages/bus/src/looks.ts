// What operators ask of a service besides its calls. Each is a few short statements or requests, and only when /metrics is
// asked for; nothing is counted beyond MOST rows, and nothing of it stands in anybody's way.
import type { Db } from "@guanxi/kit/db";
import type { Look, Reading } from "@guanxi/kit/readings";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Gauge, register } from "prom-client";
import { durableOf } from "./apply.ts";
import type { Job } from "./app.ts";
import { subjectsOf } from "./durable.ts";
import type { Reader } from "./reaction.ts";

const MOST = 10_000;

export interface LooksOptions {
  readonly service: string;
  readonly db: Db;
  /** As the relay's role, which sees all tenants. */
  readonly ask: <Row>(text: string) => Promise<Row[]>;
  readonly nats: NatsConnection;
  readonly stream: string;
  readonly readers: readonly Reader[];
  readonly jobs: readonly Job[];
}

const gauge = (name: string, help: string, labelNames: string[]) =>
  new Gauge({ name, help, labelNames, registers: [register] });

const unpublished = gauge(
  "relay_unpublished_events",
  `Events that are recorded and not yet published, counted up to ${MOST}`,
  ["service"],
);
const unpublishedAge = gauge(
  "relay_oldest_unpublished_seconds",
  "Age of the oldest event that is not yet published",
  ["service"],
);
const pending = gauge("reader_pending_events", "Events in the stream that a reader has not applied", [
  "consumer",
]);
const pendingAge = gauge("reader_oldest_pending_seconds", "Age of the oldest event not yet applied", [
  "consumer",
]);
const letters = gauge(
  "reader_dead_letters",
  `Events that stand aside until they are replayed, counted up to ${MOST}`,
  ["consumer"],
);
const due = gauge("jobs_due", `Jobs that are due or under way, counted up to ${MOST}`, ["name"]);
const failing = gauge("jobs_failing", "Jobs whose last attempt has failed", ["name"]);
const connections = gauge("db_pool_connections", "Connections to the database", ["service", "state"]);
const waiting = gauge("db_pool_waiting_requests", "Transactions that wait for a connection", ["service"]);
const most = gauge("db_pool_max_connections", "As many connections as the pool may open", ["service"]);

const reading = (gauge: Gauge, labels: Reading["labels"], value: number): Reading => ({
  gauge,
  labels,
  value,
});

export function looksOf(options: LooksOptions): Look[] {
  return [
    relayLook(options),
    readersLook(options),
    lettersLook(options),
    jobsLook(options),
    poolLook(options),
  ];
}

const OUTBOX = `select (select count(*)::int from (select from outbox limit ${MOST}) o) as count,
  (select event_id from outbox order by position limit 1) as oldest`;

const relayLook = ({ service, ask }: LooksOptions): Look => ({
  gauges: [unpublished, unpublishedAge],
  async read() {
    const [row] = await ask<{ count: number; oldest: string | null }>(OUTBOX);
    const age = row!.oldest ? secondsSince(timeOf(row!.oldest)) : 0;
    return [reading(unpublished, { service }, row!.count), reading(unpublishedAge, { service }, age)];
  },
});

/** An event's id is a UUIDv7: it says when, so that the outbox need not keep it. */
const timeOf = (eventId: string) => Number.parseInt(eventId.replace("-", "").slice(0, 12), 16);

const secondsSince = (time: number) => Math.max(0, (Date.now() - time) / 1000);

const readersLook = ({ service, nats, stream, readers }: LooksOptions): Look => ({
  gauges: [pending, pendingAge],
  async read() {
    const jsm = await jetstreamManager(nats, { checkAPI: false });
    const each = readers.map(async (reader) => {
      const consumer = durableOf({ service, reader });
      const { count, age } = await lagOf(jsm, stream, consumer, subjectsOf(reader));
      return [reading(pending, { consumer }, count), reading(pendingAge, { consumer }, age)];
    });
    // One that is made anew just now is not there: the others are told all the same.
    const settled = await Promise.allSettled(each);
    return settled.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  },
});

async function lagOf(jsm: JetStreamManager, stream: string, consumer: string, subjects: string) {
  const info = await jsm.consumers.info(stream, consumer);
  const count = info.num_pending + info.num_ack_pending;
  if (count === 0) return { count, age: 0 };
  // The first on or after this place: the server knows it since 2.9, only the library's types do not.
  const place = { seq: info.ack_floor.stream_seq + 1, next_by_subj: subjects };
  const oldest = await jsm.streams.getMessage(stream, place);
  return { count, age: oldest ? secondsSince(oldest.time.getTime()) : 0 };
}

const LETTERS = `select consumer, count(*)::int from (select consumer from dead_letters limit ${MOST}) l group by 1`;

const lettersLook = ({ service, ask, readers }: LooksOptions): Look => ({
  gauges: [letters],
  async read() {
    const rows = await ask<{ consumer: string; count: number }>(LETTERS);
    const found = new Map(rows.map(({ consumer, count }) => [consumer, count]));
    // Those of a reader that is no more are nobody's to apply.
    return readers.map((reader) => {
      const consumer = durableOf({ service, reader });
      return reading(letters, { consumer }, found.get(consumer) ?? 0);
    });
  },
});

const JOBS = `select name, (count(*) filter (where due_time <= now()))::int as due,
    (count(*) filter (where attempts > 0))::int as failing
  from (select name, due_time, attempts from jobs where due_time <= now() or attempts > 0 limit ${MOST}) j group by name`;

const jobsLook = ({ ask, jobs }: LooksOptions): Look => ({
  gauges: [due, failing],
  async read() {
    const rows = await ask<{ name: string; due: number; failing: number }>(JOBS);
    const found = new Map(rows.map((row) => [row.name, row]));
    return jobs.flatMap(({ name }) => [
      reading(due, { name }, found.get(name)?.due ?? 0),
      reading(failing, { name }, found.get(name)?.failing ?? 0),
    ]);
  },
});

const poolLook = ({ service, db: { pool } }: LooksOptions): Look => ({
  gauges: [connections, waiting, most],
  read: async () => [
    reading(connections, { service, state: "in_use" }, pool.totalCount - pool.idleCount),
    reading(connections, { service, state: "idle" }, pool.idleCount),
    reading(waiting, { service }, pool.waitingCount),
    reading(most, { service }, pool.options.max),
  ],
});
