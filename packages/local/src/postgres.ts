import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { Advice } from "./advice.ts";
import { findBinaries, unprivileged, type Unprivileged } from "./postgres-binaries.ts";
import { commandOf } from "./process-table.ts";
import type { Command, Program } from "./program.ts";
import { run } from "./run.ts";
import { secret } from "./secrets.ts";

export type PostgresOptions = {
  folder: string;
  port: number;
  major: string;
  /** Made if it is missing; Postgres counts as ready when it is there. */
  database: string;
  /** False only where the data may be lost with the machine: tests. */
  fsync?: boolean;
  say?: (line: string) => void;
};

export type Postgres = {
  program: Program;
  /** The superuser's. */
  url: string;
  /** Where the cluster and what is remembered about it lie: gone together, when removed by hand. */
  place: string;
};

/** A real Postgres from npm, its data kept from start to start. */
export function postgres(options: PostgresOptions): Postgres {
  const { folder, port, major, database } = options;
  // Other people of this machine reach the port too, and a superuser of Postgres can run programs as its
  // owner.
  const password = secret(folder, `postgres-${major}`);
  const place = path.join(folder, `postgres-${major}`);
  const server = `postgres://postgres:${password.value}@127.0.0.1:${port}`;
  const program: Program = {
    name: "postgres",
    address: `127.0.0.1:${port}`,
    stop: "INT", // "fast": ends sessions; TERM would wait for somebody's psql
    begin: () => readyToStart(options, place, password.file),
    ask: () => ensureDatabase(`${server}/postgres`, database),
    quiet: true,
  };
  return { program, url: `${server}/${database}`, place };
}

async function readyToStart(options: PostgresOptions, place: string, pwfile: string): Promise<Command> {
  const { major, port, fsync = true, say = () => {} } = options;
  const { postgres, initdb } = await findBinaries(major);
  const as = await unprivileged(initdb);
  const data = path.join(place, "data");
  if (!existsSync(data)) {
    const builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]; // 15 has no such provider
    const locale = ["--locale=C", ...(Number(major) >= 17 ? builtin : [])];
    const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${pwfile}`];
    const sync = fsync ? [] : ["--no-sync"];
    await createCluster([...as.prefix, initdb, "--encoding=UTF8", ...access, ...locale, ...sync], data);
  }
  await own(data, as);
  clearStalePid(data, say);
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "", // the path of a socket may have 107 bytes, and a checkout may lie deeper
    max_connections: "200",
    autovacuum_naptime: "5s", // tables that an import has just filled are planned for as empty ones until then
    ...(!fsync && { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return { command: [...as.prefix, postgres, "-D", data, "-p", String(port), ...flags] };
}

// Made beside its place and moved there when complete: an initdb that was interrupted leaves no half of a
// cluster.
async function createCluster(initdb: string[], data: string): Promise<void> {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(path.dirname(data), { recursive: true });
  await run([...initdb, "-D", fresh]);
  renameSync(fresh, data);
}

// Whether root's Postgres runs as root's shadow or as nobody may differ from start to start.
async function own(data: string, as: Unprivileged): Promise<void> {
  const owner = statSync(data).uid;
  if (as.owner !== undefined && owner !== as.owner)
    await run(["chown", "-R", `${as.owner}:${as.owner}`, data]);
  if (as.owner === undefined && owner !== process.getuid?.()) {
    throw new Advice(
      `${data} belongs to another user (${owner}): was it started as root? Hand it over with chown -R.`,
    );
  }
}

// Postgres itself refuses when the number in postmaster.pid is alive, even where a stranger has it by now.
function clearStalePid(data: string, say: (line: string) => void): void {
  const file = path.join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
  if (commandOf(pid)?.includes(data)) {
    throw new Advice(`A Postgres that was not started here holds ${data}: stop it with kill -INT ${pid}`);
  }
  rmSync(file);
  say("Postgres was not stopped the last time (stale postmaster.pid): it recovers from its log.");
}

async function ensureDatabase(connectionString: string, name: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2000 });
  client.on("error", () => {}); // a server that goes while we ask; the question fails by itself
  try {
    await client.connect();
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end().catch(() => {});
  }
}
