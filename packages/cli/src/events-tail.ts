import { fromBinary, toJson } from "@bufbuild/protobuf";
import { loadContract, messageOf } from "@guanxi/kit/contract";
import { natsAddress } from "@guanxi/kit/nats-address";
import { Advice } from "@guanxi/local/advice";
import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { addresses, streamName } from "./addresses.ts";

export interface TailOptions {
  /** customer, sales …; all where it is left out. */
  readonly area?: string;
  /** The event's own name: CustomerRegistered. */
  readonly type?: string;
  /** A stream sequence; without it, what is said from now on. */
  readonly from?: string;
  /** So many, then it ends. */
  readonly count?: string;
}

/** Prints the events of all services as they are said, one JSON object to a line: what other departments read. */
export async function tail({ area = "*", type = "*", from, count }: TailOptions): Promise<void> {
  const start = from
    ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: sequence(from) }
    : { deliver_policy: DeliverPolicy.New };
  let left = count ? sequence(count) : Number.POSITIVE_INFINITY;
  const nats = await connect({ ...natsAddress(addresses().natsUrl), name: "guanxi events tail" });
  const contract = loadContract();
  await jetstreamManager(nats); // says in its own words when there is no JetStream
  const consumer = await jetstream(nats).consumers.get(streamName(), {
    filter_subjects: `guanxi.*.${area}.v1.${type}.*`,
    ...start,
  });
  process.once("SIGINT", () => void nats.close());
  for await (const message of await consumer.consume()) {
    const [, , from, major, name] = message.subject.split(".");
    const full = `guanxi.${from}.${major}.${name}`;
    const schema = messageOf(contract, full);
    const event = toJson(schema, fromBinary(schema, message.data), { registry: contract });
    console.log(JSON.stringify({ sequence: message.seq, type: full, event }));
    if (--left <= 0) break;
  }
  await nats.close();
}

function sequence(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Advice(`"${text}" is no place in the stream: take a number from 1.`);
  return number;
}
