import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from "@nats-io/jetstream";
import { connect, type NatsConnection, nanos } from "@nats-io/transport-node";
import { natsAddress } from "@guanxi/kit/nats-address";

/** Where events travel. */
export interface StreamOptions {
  readonly natsUrl: string;
  readonly stream: string;
  readonly replicas: number;
  readonly profile: "development" | "production";
}

/** From 2.10.23 on the server can be told to keep what it has acknowledged when the machine loses power. */
const LEAST = { development: "2.9.0", production: "2.10.23" };

const DAY_MS = 86_400_000;

/** Makes the stream, or gives it the settings of this version. A full one refuses, rather than forget. */
export async function ensureStream({ natsUrl, stream, replicas, profile }: StreamOptions): Promise<void> {
  const nats = await connect({ ...natsAddress(natsUrl), reconnect: false });
  try {
    const version = nats.info?.version ?? "0";
    if (version.localeCompare(LEAST[profile], "en", { numeric: true }) < 0)
      throw new Error(`NATS is ${version}: the profile ${profile} needs ${LEAST[profile]} or later.`);
    const jsm = await jetstreamManager(nats);
    const limits = {
      subjects: ["guanxi.>"],
      max_age: nanos(30 * DAY_MS),
      duplicate_window: nanos(600_000),
      discard: DiscardPolicy.New,
      num_replicas: replicas,
    };
    const there = await infoOf(jsm, stream);
    if (there) await jsm.streams.update(stream, limits);
    else {
      await jsm.streams
        .add({ ...limits, name: stream, retention: RetentionPolicy.Limits, storage: StorageType.File })
        .catch(async (error: Error) => {
          if (!(await infoOf(jsm, stream))) throw error; // another service was quicker
        });
    }
  } finally {
    await nats.close();
  }
}

const infoOf = (jsm: JetStreamManager, stream: string) =>
  jsm.streams.info(stream).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)
      return undefined;
    throw error;
  });

/** The id of the message at a sequence; "expired" before the first, undefined where the stream does not reach or has a gap. */
export async function idAt(
  jsm: JetStreamManager,
  stream: string,
  sequence: number,
): Promise<string | undefined> {
  const { state } = await jsm.streams.info(stream);
  if (sequence < state.first_seq) return "expired";
  if (sequence > state.last_seq) return undefined;
  const message = await jsm.streams.getMessage(stream, { seq: sequence });
  return message?.header?.get("Nats-Msg-Id");
}

/** A connection that does not reconnect by itself: whoever holds it looks anew at what the server has before going on. */
export const connectOnce = (natsUrl: string, name: string): Promise<NatsConnection> =>
  connect({ ...natsAddress(natsUrl), reconnect: false, name });
