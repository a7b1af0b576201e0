// Another department of the company: it reads the feed by a durable of its own, and knows nothing of Guanxi.
import { AckPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";

export interface Department {
  /** The ids of all events that it has ever got. */
  readonly heard: ReadonlySet<string>;
  leave(): Promise<void>;
  /** Reads on where it was, on another server. */
  comeBack(natsUrl: string): Promise<Department>;
}

const STREAM = "GUANXI";
const NAME = "department";

export async function openDepartment(natsUrl: string): Promise<Department> {
  const nats = await connect({ servers: natsUrl });
  await (await jetstreamManager(nats)).consumers.add(STREAM, {
    durable_name: NAME,
    filter_subject: "guanxi.*.customer.v1.>",
    ack_policy: AckPolicy.Explicit,
  });
  await nats.close();
  return read(natsUrl, new Set());
}

async function read(natsUrl: string, heard: Set<string>): Promise<Department> {
  const nats = await connect({ servers: natsUrl });
  const consumer = await jetstream(nats).consumers.get(STREAM, NAME);
  const messages = await consumer.consume({
    callback(message) {
      heard.add(message.headers?.get("ce-id") ?? "");
      message.ack();
    },
  });
  return {
    heard,
    async leave() {
      messages.stop();
      await nats.drain();
    },
    comeBack: (where) => read(where, heard),
  };
}
