import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { createGzip } from "node:zlib";
import { natsAddress } from "@guanxi/kit/nats-address";
import { Advice } from "@guanxi/local/advice";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import type { Client } from "pg";
import { to } from "pg-copy-streams";
import { addresses, streamName } from "../addresses.ts";
import {
  connectAsAdmin,
  contentOf,
  hangUp,
  place,
  schemasOf,
  sequencesOf,
  type Schema,
} from "./catalogue.ts";
import { store, syncFolder } from "./files.ts";
import { type Manifest, release, type ServiceBackup, writeManifest } from "./manifest.ts";
import { fileOf, settings } from "./settings.ts";
import { beginSnapshot } from "./stream-snapshot.ts";
import { saySummary } from "./summary.ts";

/** Of an installation that runs, while people write. It has its name when it is complete, and not before. */
export async function backup(folder: string): Promise<void> {
  const { natsUrl, databaseAdminUrl } = addresses();
  const part = openPart(folder);
  try {
    const time = new Date().toISOString();
    // In this order: a stream that is older than the databases is filled from them, a newer one would tell of
    // changes that never were.
    const stream = await takeStream(natsUrl, part);
    const services = await takeDatabases(databaseAdminUrl, part);
    const about = { format: 1 as const, release: release(), time };
    const manifest = { ...about, stream, services, settings: await takeSettings(part) };
    writeManifest(part, manifest);
    await syncFolder(part);
    renameSync(part, folder);
    await syncFolder(path.dirname(path.resolve(folder)));
    saySummary(`${folder} holds`, manifest);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw (error as NodeJS.ErrnoException).code === "ENOSPC"
      ? new Advice(`There is no room for the backup ${folder}: nothing of it was kept.`)
      : error;
  }
}

function openPart(folder: string): string {
  const part = `${path.resolve(folder)}.part`;
  if (existsSync(folder)) throw new Advice(`${folder} is there already: name a new folder.`);
  mkdirSync(path.dirname(part), { recursive: true });
  try {
    mkdirSync(part, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Advice(
      `${part} is there: another backup is being made, or one was cut off; in that case remove it.`,
    );
  }
  return part;
}

async function takeStream(natsUrl: string, folder: string): Promise<Manifest["stream"]> {
  const address = natsAddress(natsUrl);
  const stream = streamName();
  const nats = await connect({ ...address, name: "guanxi backup", reconnect: false });
  try {
    const { config, state, chunks } = await beginSnapshot(nats, stream, address.inboxPrefix);
    const file = "stream.tar.s2";
    const stored = await store(path.join(folder, file), chunks);
    const { state: after } = await (await jetstreamManager(nats)).streams.info(stream);
    const natsVersion = nats.info?.version ?? "";
    return { path: file, ...stored, natsVersion, config, state, reach: after.last_seq };
  } finally {
    await nats.close();
  }
}

/** All services at one instant, without holding anybody up. */
async function takeDatabases(adminUrl: string, folder: string): Promise<ServiceBackup[]> {
  const client = await connectAsAdmin(adminUrl);
  try {
    await client.query("begin isolation level repeatable read read only");
    const services: ServiceBackup[] = [];
    for (const schema of await schemasOf(client)) services.push(await takeSchema(client, schema, folder));
    return services;
  } finally {
    await hangUp(client);
  }
}

async function takeSchema(client: Client, schema: Schema, folder: string): Promise<ServiceBackup> {
  mkdirSync(path.join(folder, schema.name), { mode: 0o700 });
  const tables: ServiceBackup["tables"] = [];
  for (const table of schema.tables) {
    const from = place(schema.name, table.name);
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(", ");
    // A query, since a table with partitions cannot be copied by its name.
    const rows = client.query(to(`copy (select ${columns} from ${from}) to stdout`));
    const file = `${schema.name}/${table.name}.copy.gz`;
    const stored = await store(path.join(folder, file), zipped(rows));
    tables.push({ ...table, path: file, ...stored, ...(await contentOf(client, from)) });
  }
  return { ...schema, tables, sequences: await sequencesOf(client, schema.name) };
}

/** Weakly: the disk is waited for more than the processor, and zcat reads it. */
function zipped(rows: NodeJS.ReadableStream): AsyncIterable<Uint8Array> {
  const gzip = createGzip({ level: 1 });
  rows.on("error", (error: Error) => gzip.destroy(error));
  return rows.pipe(gzip);
}

async function takeSettings(folder: string): Promise<Manifest["settings"]> {
  mkdirSync(path.join(folder, "settings"), { mode: 0o700 });
  const taken: Manifest["settings"] = [];
  for (const name of settings().filter((each) => existsSync(fileOf(each)))) {
    const file = `settings/${name}`;
    taken.push({
      name,
      path: file,
      ...(await store(path.join(folder, file), createReadStream(fileOf(name)))),
    });
  }
  return taken;
}
