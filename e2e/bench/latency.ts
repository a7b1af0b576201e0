// From a commit to the reader that is told of it, beside a plain publish and its consumer.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { startReader } from "@guanxi/bus/reader";
import { openDb } from "@guanxi/kit/db";
import { transaction } from "@guanxi/kit/transaction";
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, headers } from "@nats-io/transport-node";
import { anEvent, SERVICE, TENANT, urlOf } from "./drain.ts";
import type { System } from "./system.ts";

/** Begins one, and learns of its end by the id that it went out under. */
export interface Path {
  send(id: string): Promise<void>;
  close(): Promise<void>;
}

export type Arrived = (id: string) => void;

const STREAM = "GUANXI";
const OUTBOX = `insert into outbox (event_id, aggregate_id, version, subject, payload)
  select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::bytea[])`;

/** The clock starts when the commit has been answered. */
export async function ours(system: System, arrived: Arrived): Promise<Path> {
  const db = await openDb({ service: SERVICE, url: urlOf(system, "app") });
  const reaction = {
    tables: [],
    react: (events: readonly { meta: { aggregateId: string } }[]) =>
      events.forEach(({ meta }) => arrived(meta.aggregateId)),
  };
  const reader = startReader({
    service: SERVICE,
    db,
    natsUrl: system.natsUrl,
    stream: STREAM,
    reader: { name: "clock", area: "tick", kind: "projection", reactions: [reaction] },
    settingsOf: () => Promise.reject(new Error("nobody needs the settings of this tenant")),
    onError: console.error,
  });
  return {
    async send(id) {
      const { subject, payload } = anEvent("tick", id);
      const tx = transaction(db, { tenantId: TENANT, opening: () => [] });
      const values = [[randomUUID()], [id], [1], [subject], [payload]];
      tx.share().tell({ name: "tick", text: OUTBOX, values, rows: true, wakes: true });
      await tx.commit([]);
    },
    async close() {
      await reader.stop();
      await db.close();
    },
  };
}

/** The clock starts with the publish. */
export async function raw({ natsUrl }: System, arrived: Arrived): Promise<Path> {
  const nats = await connect({ servers: natsUrl });
  const js = jetstream(nats);
  const jsm = await jetstreamManager(nats);
  const made = { durable_name: "raw", filter_subject: "guanxi.*.raw.v1.>", ack_policy: AckPolicy.Explicit };
  await jsm.consumers.add(STREAM, { ...made, deliver_policy: DeliverPolicy.New });
  const consumer = await js.consumers.get(STREAM, "raw");
  await consumer.consume({
    callback(message) {
      arrived(message.headers!.get("id"));
      message.ack();
    },
  });
  return {
    async send(id) {
      const { subject, payload } = anEvent("raw", id);
      const about = headers();
      about.set("id", id);
      await js.publish(subject, payload, { msgID: id, headers: about });
    },
    close: () => nats.close(),
  };
}

export interface Delays {
  readonly p50: number;
  readonly p99: number;
}

/** So many a second for so long. `fromCommit`: from the answer to the send, else from its call. */
export async function delaysOf(
  open: (arrived: Arrived) => Promise<Path>,
  { perSecond, seconds, fromCommit }: { perSecond: number; seconds: number; fromCommit: boolean },
): Promise<Delays> {
  const begun = new Map<string, number>();
  const ended = new Map<string, number>();
  const path = await open((id) => void ended.set(id, performance.now()));
  await pause(1000); // the consumer stands
  const sent: Promise<void>[] = [];
  const begin = performance.now();
  for (let count = 0; count < perSecond * seconds; count++) {
    await pause(Math.max(0, begin + (count * 1000) / perSecond - performance.now()));
    const id = randomUUID();
    if (!fromCommit) begun.set(id, performance.now());
    sent.push(path.send(id).then(() => void (fromCommit && begun.set(id, performance.now()))));
  }
  await Promise.all(sent);
  while (ended.size < begun.size) await pause(20);
  await path.close();
  const delays = [...begun].map(([id, from]) => Math.max(0, ended.get(id)! - from)).sort((a, b) => a - b);
  const part = (share: number) => delays[Math.floor(delays.length * share)]!;
  return { p50: part(0.5), p99: part(0.99) };
}
