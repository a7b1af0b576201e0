import { jetstreamManager } from "@nats-io/jetstream";
import { natsAddress } from "@guanxi/kit/nats-address";
import { setTimeout as pause } from "node:timers/promises";
import { Counter, Gauge, register } from "prom-client";
import { bell } from "./bell.ts";
import { headersOf } from "./headers.ts";
import { keepHouse } from "./housekeeping.ts";
import { type Publish, publisher } from "./publisher.ts";
import { reconcile } from "./reconcile.ts";
import { openSession, type Session } from "./session.ts";
import { connectOnce } from "./stream.ts";
import { traced } from "./trace.ts";

export interface RelayOptions {
  readonly service: string;
  /** A direct connection as <service>_relay: the advisory lock and LISTEN live in its session. */
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly stream: string;
  readonly onError: (error: unknown) => void;
}

const STAND_BY_MS = 250;
const POLL_MS = 500;
const BETWEEN_WARNINGS_MS = 5_000;
const FETCH = 1_000;
const HELD = 4_000;

interface Entry {
  readonly position: string;
  readonly event_id: string;
  readonly aggregate_id: string;
  readonly subject: string;
  readonly payload: Buffer;
  readonly traceparent: string | null;
}

export interface Running {
  stop(): Promise<void>;
}

/** Publishes what the service has recorded, in order per aggregate. Any number may run: one leads, the others stand by. */
export function startRelay(options: RelayOptions): Running {
  published.inc({ service: options.service }, 0); // a rate needs a beginning
  const stopping = new AbortController();
  const done = run();

  async function run() {
    while (!stopping.signal.aborted) {
      await lead(options, stopping.signal).catch(options.onError);
      if (!stopping.signal.aborted) await pause(STAND_BY_MS);
    }
  }
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** One leadership: from the lock to the first doubt. Nothing is carried over to the next one. */
async function lead(options: RelayOptions, stopping: AbortSignal): Promise<void> {
  const { service } = options;
  const session = await openSession({ ...options, use: "relay" });
  try {
    // Asked again and again, for a session that waits in pg_advisory_lock holds back vacuum as long as it waits.
    while (!(await session.takeLock("relay"))) {
      leading.set({ service }, 0);
      if (stopping.aborted) return;
      await pause(STAND_BY_MS);
    }
    leading.set({ service }, 1);
    // A client that reconnects by itself would send what it has buffered before the streams were compared.
    const nats = await connectOnce(options.natsUrl, `${service} relay`);
    try {
      const publish = publisher(nats, natsAddress(options.natsUrl).inboxPrefix);
      await reconcile(session, await jetstreamManager(nats), publish, options.stream);
      await drain(session, publish, {
        service,
        stopping,
        natsClosed: nats.closed(),
        onError: seldom(options.onError),
      });
    } finally {
      await nats.close();
    }
  } finally {
    leading.set({ service }, 0);
    await session.end();
  }
}

const leading = new Gauge({
  name: "relay_leading",
  help: "1 in the process whose relay publishes for the service",
  labelNames: ["service"],
  registers: [register],
});

const published = new Counter({
  name: "relay_published_events_total",
  help: "Events that the stream has acknowledged",
  labelNames: ["service"],
  registers: [register],
});

// All that is left, never "after the last one": a lower position may become visible later. The ones in flight are
// excluded by value, and the statement has no name, so that each plan hashes its own list.
const LEFT = `select position, event_id, aggregate_id, subject, payload, traceparent from outbox
  where position <> all($1::bigint[]) order by position limit ${FETCH}`;

const MOVE = `with a as (select * from unnest($1::bigint[], $2::bigint[]) as a (position, stream_sequence)),
  d as (delete from outbox o using a where o.position = a.position
    returning o.event_id, o.tenant_id, o.aggregate_id, o.version, o.subject, o.payload, a.stream_sequence)
  insert into event_log (event_id, tenant_id, aggregate_id, version, subject, payload, stream_sequence)
  select event_id, tenant_id, aggregate_id, version, subject, payload, stream_sequence from d`;

async function drain(
  session: Session,
  publish: Publish,
  { service, stopping, natsClosed, onError }: Surroundings,
): Promise<void> {
  const held = new Set<string>(); // positions fetched and not yet moved
  const lanes = new Map<string, Entry[]>(); // by aggregate: what waits behind the one being published
  const wake = bell();
  let broken: unknown;
  // Looked at in the loop: a race against a promise as long-lived as the leadership would keep every round in memory.
  const fail = (error: unknown) => {
    broken ??= error;
    wake.ring();
  };
  session.lost.catch(fail);
  void natsClosed.then(() => fail(new Error("the connection to NATS has ended")));
  session.onWake(wake.ring);
  stopping.addEventListener("abort", wake.ring);
  const moved = mover(session, held, fail, (count) => {
    published.inc({ service }, count);
    wake.ring();
  });

  /** One lane has one message in flight; a lane that fails tries the same message again and stops nobody else. */
  async function runLane(aggregate: string, lane: Entry[]): Promise<void> {
    for (let attempt = 0; lane.length > 0 && session.holdsLease(); ) {
      try {
        const entry = lane[0]!;
        moved(entry.position, await send(session, publish, entry));
        lane.shift();
        attempt = 0;
      } catch (error) {
        onError(error); // a full disk shows here, and nowhere else
        await pause(Math.min(5_000, 100 * 2 ** attempt++));
      }
    }
    lanes.delete(aggregate);
    // What is left here is held and would not be fetched again: another leadership begins with nothing held.
    if (lane.length > 0) fail(new Error("the lease has ended"));
  }

  async function fetch(): Promise<number> {
    if (held.size > HELD - FETCH) return 0;
    const entries = await session.ask<Entry>(LEFT, [[...held]]);
    for (const entry of entries) {
      held.add(entry.position);
      const lane = lanes.get(entry.aggregate_id);
      if (lane) lane.push(entry);
      else {
        const fresh = [entry];
        lanes.set(entry.aggregate_id, fresh);
        void runLane(entry.aggregate_id, fresh);
      }
    }
    return entries.length;
  }

  try {
    while (!stopping.aborted) {
      await keepHouse(session, onError); // first: the log needs its month before anything is moved there
      const fetched = await fetch();
      if (broken === undefined && fetched < FETCH) await wake.rung(POLL_MS);
      if (broken !== undefined) throw broken;
    }
  } finally {
    stopping.removeEventListener("abort", wake.ring);
  }
}

interface Surroundings {
  readonly service: string;
  readonly stopping: AbortSignal;
  readonly natsClosed: Promise<unknown>;
  onError(error: unknown): void;
}

/** Thousands of lanes may have the same to warn of. */
function seldom(tell: (error: unknown) => void): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - last < BETWEEN_WARNINGS_MS) return;
    last = performance.now();
    tell(error);
  };
}

const send = (session: Session, publish: Publish, entry: Entry): Promise<number> =>
  traced("publish", entry.subject, entry.traceparent, async (traceparent) => {
    if (!session.holdsLease()) throw new Error("the lease has ended");
    return publish(entry.subject, entry.payload, headersOf(entry, traceparent));
  });

/** What has been acknowledged leaves the outbox for the log, in as few statements as come together. */
function mover(
  session: Session,
  held: Set<string>,
  failed: (error: unknown) => void,
  moved: (count: number) => void,
) {
  let acked: { position: string; sequence: number }[] = [];
  let moving = false;

  async function moveAll(): Promise<void> {
    moving = true;
    while (acked.length > 0) {
      const batch = acked;
      acked = [];
      await session.ask(MOVE, [batch.map((one) => one.position), batch.map((one) => one.sequence)]);
      for (const { position } of batch) held.delete(position);
      moved(batch.length);
    }
    moving = false;
  }

  return (position: string, sequence: number) => {
    acked.push({ position, sequence });
    if (!moving) void moveAll().catch(failed);
  };
}
