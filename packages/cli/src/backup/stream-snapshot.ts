// JetStream's own snapshot and restore, as `nats stream backup` does it: sequences, ids, times and durables stay as they are.
import { jetstreamManager, type StreamConfig, type StreamState } from "@nats-io/jetstream";
import { createInbox, type Msg, type NatsConnection, type Subscription } from "@nats-io/transport-node";

/** What the server calls the stream: both go back to it with a restore. */
export interface StreamDescription {
  readonly config: StreamConfig;
  readonly state: StreamState;
}

interface ApiError {
  readonly error?: { readonly description: string };
}

const API_MS = 30_000;
const SILENCE_MS = 30_000;
const CHUNK = 128 * 1024;

/** A snapshot that has begun. Each chunk is acknowledged when the next one is asked for: who writes slowly is sent slowly. */
export async function beginSnapshot(nats: NatsConnection, stream: string, inboxPrefix?: string) {
  const inbox = createInbox(inboxPrefix);
  const subscription = nats.subscribe(inbox);
  const request = { deliver_subject: inbox, no_consumers: false, jsck: true, chunk_size: CHUNK };
  try {
    const { config, state } = await ask<StreamDescription>(
      nats,
      `$JS.API.STREAM.SNAPSHOT.${stream}`,
      request,
    );
    return { config, state, chunks: chunksOf(subscription) };
  } catch (error) {
    subscription.unsubscribe();
    throw error;
  }
}

async function* chunksOf(subscription: Subscription): AsyncGenerator<Uint8Array> {
  const silence = setTimeout(() => subscription.unsubscribe(), SILENCE_MS);
  try {
    for await (const message of subscription) {
      if (message.data.length === 0) return endOf(message);
      yield message.data;
      message.respond();
      silence.refresh();
    }
    throw new Error(`the snapshot of the stream broke off: nothing came for ${SILENCE_MS / 1000} s`);
  } finally {
    clearTimeout(silence);
    subscription.unsubscribe();
  }
}

/** The end is a message without data; a later server says in its header if it is none. */
function endOf({ headers }: Msg): void {
  if (headers?.code && headers.code >= 300)
    throw new Error(`the snapshot of the stream broke off: ${headers.code} ${headers.description}`);
}

/** Makes the stream of what `chunks` holds. One of this name must not be there. */
export async function restoreSnapshot(
  nats: NatsConnection,
  { config, state }: StreamDescription,
  chunks: AsyncIterable<Uint8Array>,
): Promise<StreamState> {
  const subject = `$JS.API.STREAM.RESTORE.${config.name}`;
  const { deliver_subject: to } = await ask<{ deliver_subject: string }>(nats, subject, { config, state });
  for await (const chunk of chunks) await send(nats, to, chunk);
  await send(nats, to, new Uint8Array());
  return (await (await jetstreamManager(nats)).streams.info(config.name)).state;
}

async function ask<T>(nats: NatsConnection, subject: string, request: object): Promise<T> {
  const answer = await nats.request(subject, JSON.stringify(request), { timeout: API_MS });
  return refuseError<T>(answer, subject);
}

/** The server is silent where a chunk was well, and says a word at the end or where it was not. */
async function send(nats: NatsConnection, subject: string, chunk: Uint8Array): Promise<void> {
  const answer = await nats.request(subject, chunk, { timeout: API_MS });
  if (answer.data.length > 0) refuseError(answer, subject);
}

function refuseError<T>(answer: Msg, subject: string): T {
  const { error, ...rest } = answer.json<ApiError & T>();
  if (error) throw new Error(`NATS refuses ${subject}: ${error.description}`);
  return rest as T;
}
