// JetStream's own publish makes two errors with their stacks for every message, in case it should fail: a third of its time.
import { randomUUID } from "node:crypto";
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from "@nats-io/transport-node";

/** Resolves with the place in the stream, once the stream has the message on its disk. */
export type Publish = (subject: string, payload: Uint8Array, headers: MsgHdrs) => Promise<number>;

interface Waiting {
  readonly until: number;
  resolve(sequence: number): void;
  reject(error: unknown): void;
}

const ACK_MS = 5_000;
const LOOK_MS = 250;

/**
 * As long as the connection lives. All acknowledgements come to one inbox, in which each message has a name that
 * nobody can guess (not even by the ids that NATS makes, which count): a server lets anybody answer.
 */
export function publisher(nats: NatsConnection, inboxPrefix?: string): Publish {
  const inbox = createInbox(inboxPrefix);
  const waiting = new Map<string, Waiting>(); // the longest waiting stands first

  function end(reply: string, how: (one: Waiting) => void) {
    const one = waiting.get(reply);
    waiting.delete(reply);
    if (one) how(one);
  }

  function refuseLate(now: number) {
    for (const [reply, { until }] of waiting) {
      if (until > now) return;
      end(reply, ({ reject }) => reject(new Error("the stream has not acknowledged in time")));
    }
  }

  nats.subscribe(`${inbox}.*`, {
    callback: (_error, message) => end(message.subject, (one) => settle(one, message)),
  });
  const looking = setInterval(() => refuseLate(performance.now()), LOOK_MS);
  void nats.closed().then(() => {
    clearInterval(looking);
    refuseLate(Number.POSITIVE_INFINITY);
  });

  return (subject, payload, headers) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const reply = `${inbox}.${randomUUID()}`;
    waiting.set(reply, { until: performance.now() + ACK_MS, resolve, reject });
    try {
      nats.publish(subject, payload, { reply, headers });
    } catch (error) {
      end(reply, () => reject(error));
    }
    return promise;
  };
}

function settle({ resolve, reject }: Waiting, message: Msg): void {
  // An empty answer is the server's: nobody listens on this subject, so there is no stream.
  if (message.data.length === 0) return reject(new Error("there is no stream for this subject"));
  const { seq, error } = message.json<{ seq?: number; error?: { description: string } }>();
  if (seq === undefined)
    reject(new Error(error?.description ?? "the stream has not said where the message is"));
  else resolve(seq);
}
