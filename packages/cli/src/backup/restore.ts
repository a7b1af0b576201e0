import { createReadStream } from "node:fs";
import path from "node:path";
import { infoOf } from "@guanxi/bus/stream";
import { natsAddress } from "@guanxi/kit/nats-address";
import { type GroundUrls, raiseGround } from "@guanxi/local/raise-ground";
import { jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import type { Client } from "pg";
import { addresses } from "../addresses.ts";
import { connectAsAdmin, hangUp, schemasOf } from "./catalogue.ts";
import { fillStream } from "./fill-stream.ts";
import { analyze, beginEmpty, load } from "./load.ts";
import { type Backup, openBackup } from "./manifest.ts";
import { restoredSettings } from "./settings.ts";
import { restoreSnapshot } from "./stream-snapshot.ts";
import { saySummary } from "./summary.ts";
import {
  refuseFull,
  refuseOlderNats,
  refuseOtherSchemas,
  refuseOtherStream,
  refuseOtherTables,
  refuseRunning,
} from "./target.ts";

export interface RestoreOptions {
  /** What the installation holds is lost. */
  readonly replace?: boolean;
}

const CHUNK = 128 * 1024;

/** Into an installation whose services are stopped. Cut off in the midst of it, it is done again with --replace. */
export async function restore(folder: string, { replace = false }: RestoreOptions): Promise<void> {
  const backup = await openBackup(folder);
  const ground = process.env.GUANXI_URL ? told() : await raiseGround(console.log);
  try {
    const client = await connectAsAdmin(ground.databaseAdminUrl);
    const nats = await connect({ ...natsAddress(ground.natsUrl), name: "guanxi restore", reconnect: false });
    try {
      await restoreInto(
        { client, nats, inboxPrefix: natsAddress(ground.natsUrl).inboxPrefix, replace },
        backup,
      );
    } finally {
      await nats.close();
      await hangUp(client);
    }
  } finally {
    await ground.stop();
  }
  saySummary("Restored, and compared table by table,", backup.manifest);
}

function told(): GroundUrls {
  const { databaseAdminUrl, natsUrl } = addresses();
  return { databaseAdminUrl, natsUrl, stop: async () => undefined };
}

interface Target {
  readonly client: Client;
  readonly nats: NatsConnection;
  readonly inboxPrefix: string | undefined;
  readonly replace: boolean;
}

async function restoreInto(target: Target, backup: Backup): Promise<void> {
  const { client, nats, replace } = target;
  const jsm = await jetstreamManager(nats);
  const schemas = await schemasOf(client);
  refuseOtherSchemas(backup, schemas);
  refuseOtherTables(backup, schemas);
  refuseOtherStream(backup);
  refuseOlderNats(backup, nats.info?.version ?? "0");
  await refuseRunning(client, schemas);
  if (!replace) await refuseFull(client, jsm, backup, schemas);
  const settings = restoredSettings(backup);
  try {
    settings.stage();
    await beginEmpty(client, schemas);
    await refuseRunning(client, schemas);
    await fill(target, jsm, backup);
    await settings.putInPlace();
    await client.query("commit");
  } finally {
    settings.discard();
  }
  await analyze(client, backup.manifest.services);
}

/**
 * The databases are filled first, unseen, and seen last: while a table can still turn out not to fit, nothing has happened
 * yet, and a service that is started too early waits at its tables for the end.
 */
async function fill({ client, ...bus }: Target, jsm: JetStreamManager, backup: Backup): Promise<void> {
  await load(client, backup);

  const { stream, services } = backup.manifest;
  const { name } = stream.config;
  const there = await infoOf(jsm, name);
  if (there) await jsm.streams.delete(name);
  // How many servers have a copy is a matter of the installation.
  const config = { ...stream.config, num_replicas: there?.config.num_replicas ?? 1 };
  const chunks = createReadStream(path.join(backup.folder, stream.path), { highWaterMark: CHUNK });
  const { last_seq: last } = await restoreSnapshot(bus.nats, { ...stream, config }, chunks);
  const names = services.map((service) => service.name);
  await fillStream(client, { ...bus, stream: name, services: names, last, reach: stream.reach });
}
