// Into what a backup can be restored, and why not into this.
import { setTimeout as pause } from "node:timers/promises";
import { infoOf } from "@guanxi/bus/stream";
import { Advice } from "@guanxi/local/advice";
import { atLeast } from "@guanxi/local/nats-binary";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { Client } from "pg";
import { streamName } from "../addresses.ts";
import { ask, place, type Schema } from "./catalogue.ts";
import type { Backup } from "./manifest.ts";

const GOING_MS = 3_000; // a program that has just ended leaves its sessions for a moment
const LOOK_AGAIN_MS = 100;

/** The columns are those that the migrations have made: equal names, equal tables. */
export function refuseOtherSchemas({ manifest }: Backup, here: readonly Schema[]): void {
  const { release, services } = manifest;
  const there = new Map(services.map(({ name, migrations }) => [name, migrations]));
  for (const { name, migrations } of here) {
    const wanted = there.get(name);
    if (!wanted)
      throw new Advice(`The backup, of release ${release}, knows no ${name}: ${withThat(release)}`);
    const missing = without(wanted, migrations);
    const more = without(migrations, wanted);
    if (missing.length + more.length === 0) continue;
    const differs = [...missing.map((each) => `lacks ${each}`), ...more.map((each) => `has ${each}`)];
    throw new Advice(
      `The schema of ${name} is not that of the backup, it ${differs.join(", ")}: ${withThat(release)}`,
    );
  }
  const gone = without(
    services.map(({ name }) => name),
    here.map(({ name }) => name),
  );
  if (gone.length > 0)
    throw new Advice(`There is no schema of ${gone.join(", ")} here: run migrate of these services first.`);
}

/** What the manifest names goes into statements of an admin: only what is here is filled, by the names that it has here. */
export function refuseOtherTables({ manifest }: Backup, here: readonly Schema[]): void {
  const known = new Map(here.map((schema) => [schema.name, schema]));
  for (const { name, tables } of manifest.services) {
    const tablesHere = new Map(known.get(name)!.tables.map((table) => [table.name, table.columns]));
    for (const table of tables) {
      const columns = tablesHere.get(table.name);
      if (!columns) throw strange(`${name}.${table.name}`);
      for (const column of without(table.columns, columns)) throw strange(`${name}.${table.name}.${column}`);
    }
  }
}

const strange = (what: string) => new Advice(`There is no ${what} here: the backup was altered by hand.`);

const withThat = (release: string) => `restore with release ${release}, then upgrade.`;

const without = (all: readonly string[], some: readonly string[]) =>
  all.filter((each) => !some.includes(each));

export function refuseOtherStream({ manifest }: Backup): void {
  const { name } = manifest.stream.config;
  const ours = streamName();
  if (name !== ours)
    throw new Advice(`The backup's stream is ${name}, here it is ${ours}: set NATS_STREAM to ${name}.`);
}

/** What a later server writes an older one does not read (2.15.1 to 2.9.10: "invalid tar header"). */
export function refuseOlderNats({ manifest }: Backup, version: string): void {
  const { natsVersion } = manifest.stream;
  const [major, minor] = natsVersion.split(".");
  if (!atLeast(version, `${major}.${minor}.0`))
    throw new Advice(
      `The backup's stream is of nats-server ${natsVersion}, here is ${version}: take that or later.`,
    );
}

export async function refuseRunning(client: Client, schemas: readonly Schema[]): Promise<void> {
  const text = `select distinct usename from pg_stat_activity
    where datname = current_database() and usename = any($1) order by 1`;
  const roles = schemas.flatMap(({ name }) => ["app", "relay", "owner"].map((part) => `${name}_${part}`));
  for (const end = Date.now() + GOING_MS; ; ) {
    const there = await ask<{ usename: string }>(client, text, [roles]);
    if (there.length === 0) return;
    if (Date.now() > end) {
      const names = there.map(({ usename }) => usename).join(", ");
      throw new Advice(`The services run, for there are sessions of ${names}: stop them first.`);
    }
    await pause(LOOK_AGAIN_MS);
  }
}

export async function refuseFull(
  client: Client,
  jsm: JetStreamManager,
  { manifest }: Backup,
  schemas: readonly Schema[],
): Promise<void> {
  const full: string[] = [];
  for (const { name, tables } of schemas)
    for (const table of tables) {
      const [row] = await ask(client, `select from ${place(name, table.name)} limit 1`);
      if (row) full.push(`${name}.${table.name}`);
    }
  const events = (await infoOf(jsm, manifest.stream.config.name))?.state.messages ?? 0;
  if (events > 0) full.push(`the stream, with ${events} events`);
  if (full.length > 0)
    throw new Advice(
      `There is something here already (${summary(full)}): --replace puts the backup in its place, and it is lost.`,
    );
}

const summary = (all: readonly string[]) =>
  all.length > 4 ? `${all.slice(0, 3).join(", ")} and ${all.length - 3} more` : all.join(", ");
