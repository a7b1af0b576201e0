// An installation of two made-up services, with tables of each kind that a service may have.
import { randomUUID } from "node:crypto";
import { headersOf } from "@guanxi/bus/headers";
import { migrate, type Migration } from "@guanxi/kit/migrate";
import { startNats } from "@guanxi/testkit/servers/nats";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Client } from "pg";
import { inject } from "vitest";

const SERVICES = ["alpha", "beta"];

type Step = InstanceType<Migration>;

/** `entries` stands before `ledgers`, which it refers to. */
class Books1700000000005 implements Step {
  name = "Books1700000000005";
  async up(runner: Parameters<Step["up"]>[0]): Promise<void> {
    await runner.query(`
      create table ledgers (ledger_id uuid primary key, "display name" text not null, extra jsonb, rate float8);
      create table entries (
        entry_id bigint generated always as identity primary key,
        ledger_id uuid not null references ledgers,
        micros bigint not null,
        units bigint not null generated always as (micros / 1000000) stored,
        note bytea
      );`);
  }
  async down(): Promise<void> {
    throw new Error("there is nothing below");
  }
}
const migrations: Migration[] = [Books1700000000005];

export type Installation = Awaited<ReturnType<typeof openInstallation>>;

export async function openInstallation() {
  const nats = await startNats();
  const database = `backup_${randomUUID().replaceAll("-", "")}`;
  const root = new Client({ connectionString: inject("adminUrl") });
  await root.connect();
  await root.query(`create database ${database}`);
  await root.end();
  const urlOf = (role?: string) => {
    const url = new URL(inject("adminUrl"));
    url.pathname = database;
    if (role) Object.assign(url, { username: role, password: "test" });
    return url.href;
  };
  for (const service of SERVICES)
    await migrate({
      service,
      migrations,
      adminUrl: urlOf(),
      ownerUrl: urlOf(`${service}_owner`),
      urls: [urlOf(`${service}_app`)],
    });
  const admin = new Client({ connectionString: urlOf() });
  await admin.connect();
  const connection = await connect({ servers: nats.url });
  const jsm = await jetstreamManager(connection);
  return {
    admin,
    jsm,
    js: jetstream(connection),
    urlOf,
    /** What the command line is told where no runner is. */
    told: { GUANXI_URL: "http://gateway:8080", NATS_URL: nats.url, DATABASE_ADMIN_URL: urlOf() },
    async close() {
      await admin.end();
      await connection.close();
      await nats.stop();
    },
  };
}

const LOG = `insert into event_log (event_id, tenant_id, aggregate_id, version, subject, payload, stream_sequence, publish_time)
  values ($1, $2, $2, $3::int, $4, '', $3::int, $5)`;

/** Ten messages in the stream, and a log that names an eleventh, a thirteenth, and one of last year. */
export async function fillInstallation({ admin, js, jsm }: Installation): Promise<void> {
  await jsm.streams.add({ name: "GUANXI", subjects: ["guanxi.>"] });
  await jsm.consumers.add("GUANXI", { durable_name: "department", ack_policy: "explicit" });
  for (const service of SERVICES) {
    await admin.query(`set search_path = ${service}`);
    await admin.query(`insert into ledgers select gen_random_uuid(), E'tab\\t, line\\n, \\\\N, 关系 ' || n,
      '{"b": [1.50, null], "a": "\\u00e9"}', n / 3.0::float8 from generate_series(1, 50) n`);
    await admin.query(`insert into entries (ledger_id, micros, note)
      select ledger_id, 1234567, decode('00ff5c4e', 'hex') from ledgers, generate_series(1, 20)`);
    await admin.query(
      "insert into outbox (event_id, tenant_id, aggregate_id, version, subject, payload) select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 'guanxi.x', '' from generate_series(1, 7)",
    );
    await admin.query("delete from outbox where position > 5");
  }
  await admin.query("set search_path = alpha");
  await admin.query(
    "create table event_log_202501 partition of event_log for values from ('2025-01-01') to ('2025-02-01')",
  );
  await admin.query("alter table event_log_202501 owner to alpha_owner");
  await admin.query("alter table event_log_202501 enable row level security, force row level security");
  for (const sequence of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]) {
    const [id, tenant, subject] = [randomUUID(), randomUUID(), "guanxi.t.alpha.v1.Entered.p00"];
    const time = sequence === 1 ? "2025-01-15" : "now";
    await admin.query(LOG, [id, tenant, sequence, subject, time]);
    const headers = headersOf({ event_id: id, subject, payload: new Uint8Array() }, "");
    if (sequence <= 10) await js.publish(subject, "", { headers });
  }
  const consumer = await js.consumers.get("GUANXI", "department");
  for (let count = 0; count < 4; count++) await (await consumer.next())?.ackAck();
}
