// What is in the stream, as any consumer of another company would read it: nothing of the bus is used here.
import { Envelope, type Meta } from "@guanxi/contract/guanxi/event/v1/event";
import { natsAddress } from "@guanxi/kit/nats-address";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";

const STREAM = "GUANXI";

export interface Told {
  /** Without its package: CustomerArchived. */
  readonly type: string;
  readonly area: string;
  readonly sequence: number;
  readonly meta: Meta;
  /** The aggregate after the event, in bytes; empty once it has been erased. */
  readonly state: Uint8Array;
  readonly traceparent: string;
}

/** Every message there is, in the order of the stream, also those that were published twice. */
export async function readStream(natsUrl: string): Promise<Told[]> {
  const nats = await connect(natsAddress(natsUrl));
  try {
    const consumer = await jetstream(nats).consumers.get(STREAM);
    let { num_pending: left } = await consumer.info();
    const told: Told[] = [];
    if (left === 0) return told;
    for await (const message of await consumer.consume()) {
      const { meta, state } = Envelope.decode(message.data);
      const [, , area = "", , type = ""] = message.subject.split(".");
      const traceparent = message.headers?.get("traceparent") ?? "";
      told.push({ type, area, sequence: message.seq, meta: meta!, state, traceparent });
      if (--left === 0) break;
    }
    return told;
  } finally {
    await nats.close();
  }
}

export async function lastSequence(natsUrl: string): Promise<number> {
  const nats = await connect(natsAddress(natsUrl));
  try {
    return (await (await jetstreamManager(nats)).streams.info(STREAM)).state.last_seq;
  } finally {
    await nats.close();
  }
}
