import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Advice } from "@guanxi/local/advice";
import type { StreamConfig, StreamState } from "@nats-io/jetstream";
import { z } from "zod";
import { storedOf } from "./files.ts";

const FORMAT = 1;
const FILE = "manifest.json";

const stored = { path: z.string(), bytes: z.number(), sha256: z.string() };
const named = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.object({ name: z.string(), ...shape }));

const content = z.object({
  format: z.literal(FORMAT),
  release: z.string(),
  /** When it was begun; its databases are of a later instant, its stream of one between. */
  time: z.string(),
  stream: z.object({
    ...stored,
    natsVersion: z.string(),
    config: z.custom<StreamConfig>((value) => typeof value === "object"),
    state: z.custom<StreamState>((value) => typeof value === "object"),
    /** The last place there was when the snapshot had ended: durables in it may have come so far, messages need not. */
    reach: z.number(),
  }),
  services: named({
    migrations: z.array(z.string()),
    sequences: named({ next: z.string() }),
    tables: named({
      ...stored,
      columns: z.array(z.string()),
      partitions: named({ bound: z.string() }),
      rows: z.number(),
      checksum: z.string(),
    }),
  }),
  settings: named(stored),
});

export type Manifest = z.infer<typeof content>;
export type ServiceBackup = Manifest["services"][number];
export type TableBackup = ServiceBackup["tables"][number];

/** Of the command line, which is every part's. */
export function release(): string {
  const file = path.join(import.meta.dirname, "../../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Over the text of all the rest, so that a figure which was altered by hand is seen too. */
const sealOf = (manifest: unknown) => createHash("sha256").update(JSON.stringify(manifest)).digest("hex");

export function writeManifest(folder: string, manifest: Manifest): void {
  const text = JSON.stringify({ ...manifest, seal: sealOf(manifest) }, undefined, 2);
  writeFileSync(path.join(folder, FILE), text, { mode: 0o600, flush: true });
}

/** All of it is read once before anything is touched: what was cut, altered or made by something else is refused. */
export async function openBackup(folder: string): Promise<Backup> {
  const manifest = readManifest(folder);
  const tables = manifest.services.flatMap((service) => service.tables);
  for (const file of [manifest.stream, ...tables, ...manifest.settings]) {
    const where = path.join(folder, file.path);
    if (!existsSync(where)) throw new Advice(`The backup ${folder} lacks its file ${file.path}.`);
    if (!realpathSync(where).startsWith(realpathSync(folder) + path.sep))
      throw new Advice(`${file.path} of the backup ${folder} lies outside of it: no backup of Guanxi is so.`);
    const { bytes, sha256 } = await storedOf(where);
    if (bytes !== file.bytes || sha256 !== file.sha256)
      throw new Advice(`${file.path} of the backup ${folder} is not as it was written: take another backup.`);
  }
  return { folder, manifest };
}

function readManifest(folder: string): Manifest {
  const file = path.join(folder, FILE);
  if (!existsSync(file)) throw new Advice(`${folder} is no complete backup: it has no ${FILE}.`);
  const { seal, ...rest } = parsed(readFileSync(file, "utf8"), folder);
  if (typeof rest.format !== "number") throw notOurs(folder);
  if (rest.format > FORMAT)
    throw new Advice(
      `The backup ${folder} is of a later release (${String(rest.release)}): restore it with that.`,
    );
  const manifest = content.safeParse(rest);
  if (seal !== sealOf(rest) || !manifest.success)
    throw new Advice(`${FILE} of the backup ${folder} is not as it was written: take another backup.`);
  return manifest.data;
}

function parsed(text: string, folder: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw notOurs(folder);
  }
}

const notOurs = (folder: string) => new Advice(`${folder} holds a ${FILE} that no backup of Guanxi has.`);
