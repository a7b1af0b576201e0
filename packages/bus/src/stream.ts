import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { connect, type NatsConnection, nanos, PermissionViolationError } from "@nats-io/transport-node";
import { ConfigFault } from "@guanxi/kit/env";
import { natsAddress } from "@guanxi/kit/nats-address";
import { isDeepStrictEqual } from "node:util";

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

/**
 * Makes the stream, or gives it the settings of this version. Where that is for others to do, a stream must be there; of
 * another version's settings `warn` is told, for services of two releases may share it. A full one refuses, rather than forget.
 */
export async function ensureStream(
  { natsUrl, stream, replicas, profile }: StreamOptions,
  warn: (what: string) => void,
): Promise<void> {
  const nats = await connect({ ...natsAddress(natsUrl), reconnect: false });
  try {
    refuseOld(nats, profile);
    const jsm = await jetstreamManager(nats);
    const wanted = {
      subjects: ["guanxi.>"],
      max_age: nanos(30 * DAY_MS),
      duplicate_window: nanos(600_000),
      discard: DiscardPolicy.New,
      num_replicas: replicas,
    };
    const there = await infoOf(jsm, stream);
    if (there && isAs(there.config, wanted)) return;
    await (there ? jsm.streams.update(stream, wanted) : add(jsm, stream, wanted)).catch((error: unknown) => {
      if (!isForbidden(error)) throw error;
      if (!there) throw new ConfigFault([`NATS has no stream ${stream} yet: ${REMEDY}`]);
      warn(`the stream ${stream} has the settings of another release: ${REMEDY}`);
    });
  } finally {
    await nats.close();
  }
}

const REMEDY = "run migrate with NATS_URL of a user who may change it.";

function refuseOld(nats: NatsConnection, profile: StreamOptions["profile"]): void {
  const version = nats.info?.version ?? "0";
  if (version.localeCompare(LEAST[profile], "en", { numeric: true }) < 0)
    throw new Error(`NATS is ${version}: the profile ${profile} needs ${LEAST[profile]} or later.`);
}

type Limits = Partial<StreamConfig>;

const isAs = (config: StreamConfig, wanted: Limits) =>
  Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(config[key as keyof Limits], value));

async function add(jsm: JetStreamManager, stream: string, limits: Limits): Promise<void> {
  const fixed = { name: stream, retention: RetentionPolicy.Limits, storage: StorageType.File };
  await jsm.streams.add({ ...limits, ...fixed }).catch(async (error: Error) => {
    if (!(await infoOf(jsm, stream))) throw error; // another service was quicker
  });
}

const isForbidden = (error: unknown): boolean =>
  error instanceof PermissionViolationError || (error instanceof Error && isForbidden(error.cause));

/** Undefined where there is no such stream. */
export const infoOf = (jsm: JetStreamManager, stream: string) =>
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
