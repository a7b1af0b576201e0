// Each service can be taken alone: pnpm --filter @guanxi/sales build|test|migrate|start, with a Postgres and a NATS.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import path from "node:path";
import { freePort } from "@guanxi/testkit/servers/free-port";
import { startNats } from "@guanxi/testkit/servers/nats";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { read, root } from "../shape/sources.ts";

const services = globSync("services/*", { cwd: root }).sort();
const ALONE = "services/sales";

test("each service is built, tested, migrated and started by the same scripts", () => {
  expect(services).toContain(ALONE);
  for (const folder of services) {
    const { name, scripts } = JSON.parse(read(`${folder}/package.json`)) as Manifest;
    expect(name).toBe(`@guanxi/${path.basename(folder)}`);
    const has = (file: string) => existsSync(path.join(root, folder, file));
    const migrate = { migrate: "node --conditions=source src/main.ts migrate" };
    // One has pages, which are built too, and a server of its own beside them.
    const pages = has("index.html");
    expect(scripts).toEqual({
      build: pages ? "tsc -b src/server && node --conditions=source tools/build.ts" : "tsc -b",
      ...(pages && { dev: "vite" }),
      ...(has("src/migrations") && migrate),
      start: `node --conditions=source --import @guanxi/kit/telemetry src/${pages ? "server/" : ""}main.ts`,
      test: `cd ../.. && vitest run ${folder}`,
    });
  }
});

interface Manifest {
  name: string;
  scripts: Record<string, string>;
}

const database = `alone_${randomUUID().replaceAll("-", "")}`;
const nats = await startNats();
const managementPort = await freePort();
const env = {
  PATH: process.env.PATH,
  DATABASE_URL: at("sales_app"),
  DATABASE_RELAY_URL: at("sales_relay"),
  DATABASE_MIGRATE_URL: at("sales_owner"),
  DATABASE_ADMIN_URL: at(),
  NATS_URL: nats.url,
  GRPC_PORT: `${await freePort()}`,
  MANAGEMENT_PORT: `${managementPort}`,
  DRAIN_SECONDS: "0",
};

/** With the password that all tests give to these roles, which are the server's. */
function at(role?: string): string {
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${database}`;
  if (role) Object.assign(url, { username: role, password: "test" });
  return url.href;
}

async function admin(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject("adminUrl") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** In a group of its own, with a shell between. */
function script(name: string): { child: ChildProcess; output: string[] } {
  const child = spawn(process.execPath, ["--run", name], {
    cwd: path.join(root, ALONE),
    env,
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(String(part)));
  return { child, output };
}

/** A shell would end by the signal and leave what it runs alone. */
function programOf({ pid }: ChildProcess): number {
  const all = execFileSync("ps", ["-axo", "pgid=,pid=,command="], { encoding: "utf8" }).split("\n");
  const [line] = all.filter((each) => new RegExp(`^ *${pid} +\\d+ \\S*node .*src/main\\.ts`).test(each));
  return Number(line!.trim().split(/\s+/)[1]);
}

const started: ChildProcess[] = [];
beforeAll(() => admin(`create database ${database}`));
afterAll(async () => {
  for (const { pid, exitCode } of started) if (exitCode === null) process.kill(-pid!, "SIGKILL");
  await nats.stop();
  await admin(`drop database ${database} with (force)`);
});

test("a service migrates, gets ready and stops, with nothing but its database and NATS", async () => {
  const { child: migration, output } = script("migrate");
  const [code] = (await once(migration, "close")) as [number];
  expect([code, output.join("")]).toEqual([0, expect.stringContaining("sales: Ground")]);

  const { child: service, output: log } = script("start");
  started.push(service);
  const ready = async () => {
    expect([service.exitCode, log.join("")]).toEqual([null, expect.stringContaining('"msg":"ready"')]);
    const answer = await fetch(`http://127.0.0.1:${managementPort}/health/ready`);
    expect(await answer.json()).toMatchObject({ status: "ok" });
  };
  await vi.waitFor(ready, { timeout: 25_000, interval: 100 });

  process.kill(programOf(service), "SIGTERM");
  await once(service, "close");
  expect(service.exitCode).toBe(0);
}, 60_000);
