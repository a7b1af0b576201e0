// What the relay is measured against: the same payloads, published as fast as acknowledgements allow, and nothing kept.
import { randomUUID } from "node:crypto";
import { jetstream } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { Client } from "pg";

const IN_FLIGHT = 500;

const [adminUrl, natsUrl] = process.argv.slice(2) as [string, string];
const admin = new Client({ connectionString: adminUrl });
await admin.connect();
const { rows } = await admin.query("select subject, payload from drain.prepared");
await admin.end();
const js = jetstream(await connect({ servers: natsUrl }));

async function publishAll(): Promise<void> {
  const events = (rows as { subject: string; payload: Buffer }[]).values();
  const lane = async () => {
    for (const { subject, payload } of events) await js.publish(subject, payload, { msgID: randomUUID() });
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

process.on("message", () => {
  const begin = performance.now();
  void publishAll().then(() => process.send?.(performance.now() - begin));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
