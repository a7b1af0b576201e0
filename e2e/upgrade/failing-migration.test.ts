// A release of customer comes whose migration cannot be done on what is there. People work on, and notice nothing.
import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { root } from "@guanxi/local/places";
import { secret } from "@guanxi/local/secrets";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { distinct } from "../system/comparison.ts";
import { LONG, startSystem, type System } from "../system/rig.ts";
import { readStream } from "../system/stream.ts";
import { startWriters, type Writers } from "../system/writers.ts";
import { openDoor } from "./door.ts";

const MENDED = "default 0";
const BETWEEN = 40; // writes that are acknowledged after each event, before the next
const LIMIT = { timeout: 120_000 };

let system: System;
let writers: Writers;
const children: ChildProcess[] = [];

beforeAll(async () => {
  system = await startSystem();
  await vi.waitFor(() => lin().get("/v1/customers"), LONG); // the gateway may have called too early, and calls again by and by
  writers = startWriters(3);
  await progress();
}, 120_000);
afterAll(async () => {
  await Promise.all(children.map(end));
  await system?.stop();
}, 60_000);

test(
  "a migration that fails says which file and statement, and leaves nothing half done",
  LIMIT,
  async () => {
    const { code, said } = await migrate("");
    expect(code).toBe(1);
    expect(said).toContain('"place":"e2e/upgrade/next-customer.ts:');
    expect(said).toContain('"statement":"alter table customers add column reward int not null"');
    expect(said).toContain('column \\"reward\\" of relation \\"customers\\" contains null values');
    expect(await system.sql("select to_regclass('customer.rewards_half_done')::text as half")).toEqual([
      { half: null },
    ]);
    await progress();
  },
);

test("the new process waits and says why, and the old one serves and follows all events", LIMIT, async () => {
  const next = begin("serve", "");
  const managementPort = await told(next, "managementPort");
  const answer = await fetch(`http://127.0.0.1:${managementPort}/health/ready`);
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    {
      checks: {
        schema: "the schema lacks Rewards1900000000000: run migrate",
        service: "it has not begun yet",
      },
    },
  ]);
  for (const name of ["林小满", "林中满", "林大满", "林晓"]) await rename(name);
  await progress();
  expect(await system.sql("select * from customer.dead_letters")).toEqual([]);
  await end(next);
});

test("mended it goes through, and the new process serves beside the old one", LIMIT, async () => {
  expect(await migrate(MENDED)).toMatchObject({ code: 0 });
  const next = begin("serve", MENDED);
  await told(next, "grpcPort");
  await progress();
  await rename("林小满");
  await progress();
});

test("nobody was kept waiting or refused, and what was acknowledged happened once", LIMIT, async () => {
  await writers.stop();
  expect(writers.again()).toBe(0);
  await system.settled();
  const events = distinct(await readStream(system.natsUrl)).filter(({ area }) => area === "customer");
  expect(events).toHaveLength(writers.acknowledged());
  expect(await system.sql("select * from customer.dead_letters")).toEqual([]);
});

function progress(): Promise<true> {
  const goal = writers.acknowledged() + BETWEEN;
  return vi.waitUntil(() => writers.acknowledged() >= goal, LONG);
}

const lin = () => openDoor(system.url, () => system.token("lin"));

/** Until customer has heard of it. */
async function rename(displayName: string): Promise<void> {
  const users = await lin().all("/v1/users");
  const { userId, etag } = users.find(({ subject }) => subject === "lin")!;
  await lin().patch(`/v1/users/${userId as string}`, { displayName }, etag as string);
  const heard = "select display_name from customer.users where display_name = $1";
  await vi.waitFor(async () => expect(await system.sql(heard, [displayName])).toHaveLength(1), LONG);
}

/** The next release beside the process that the runner keeps: on ports of its own, with the settings of that one. */
function begin(command: string, mended: string): ChildProcess {
  const running = system.environment("customer");
  const owner = new URL(running.DATABASE_URL!);
  owner.username = "customer_owner";
  owner.password = secret(system.folder, "customer_owner").value;
  const ports = { GRPC_PORT: "0", MANAGEMENT_PORT: "0" };
  const env = { ...running, ...ports, DATABASE_MIGRATE_URL: owner.href, MENDED: mended };
  const main = path.join(root, "e2e/upgrade/next-customer.ts");
  const child = spawn(process.execPath, ["--conditions=source", main, command], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  return child;
}

async function migrate(mended: string): Promise<{ code: number; said: string }> {
  const child = begin("migrate", mended);
  const [said, [code]] = await Promise.all([text(child.stdout!), once(child, "close") as Promise<[number]>]);
  return { code, said };
}

/** As its log has it. */
async function told(child: ChildProcess, name: string): Promise<number> {
  for await (const [line] of on(createInterface(child.stdout!), "line") as AsyncIterable<[string]>) {
    const value = (JSON.parse(line) as Record<string, unknown>)[name];
    if (value !== undefined) return value as number;
  }
  throw new Error(`it ended without a word of ${name}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
