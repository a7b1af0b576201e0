// A company loses its machine: what became of its work, of its feed, and of those who read it.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "@guanxi/local/places";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answeredOf, compare, distinct } from "./comparison.ts";
import { allCustomers } from "./customers.ts";
import { openDepartment, type Department } from "./department.ts";
import { LONG, startSystem, type System } from "./rig.ts";
import { readStream, type Told } from "./stream.ts";
import { startWriters, type Writers } from "./writers.ts";

const BEHIND = ["identity", "customer", "sales", "service_desk", "interaction", "marketing", "analytics"];
const SOME = 60; // writes that are acknowledged before, while and after the backup is taken

const saved = path.join(mkdtempSync(path.join(tmpdir(), "guanxi-backup-")), "saved");
let system: System;
let writers: Writers;
let department: Department;
let keys: string;
let before: Told[]; // what the stream told when the machine was lost

async function guanxi(folder: string, ...args: string[]): Promise<string> {
  const program = path.join(root, "packages/cli/src/main.ts");
  const env = { ...process.env, GUANXI_DATA: folder };
  const run = promisify(execFile)(process.execPath, ["--conditions=source", program, ...args], { env });
  return (await run).stdout;
}

function progress(): Promise<true> {
  const goal = writers.acknowledged() + SOME;
  return vi.waitUntil(() => writers.acknowledged() >= goal, LONG);
}

const issuerKeys = () => readFileSync(path.join(system.folder, "issuer.jwks.json"), "utf8");

beforeAll(async () => {
  system = await startSystem();
  department = await openDepartment(system.natsUrl);
  writers = startWriters(6);
  await progress();
}, 120_000);
afterAll(async () => {
  await system?.stop();
  rmSync(path.dirname(saved), { recursive: true, force: true });
}, 60_000);

test("a backup is taken while people write, and its figures add up", { timeout: 60_000 }, async () => {
  const [said] = await Promise.all([guanxi(system.folder, "backup", saved), progress()]);
  const lines = [...said.matchAll(/^ +(\w+) +(\d+) tables, (\d+) rows/gm)].map(([, name, tables, rows]) => ({
    name,
    tables: Number(tables),
    rows: Number(rows),
  }));
  const together = lines.pop();
  expect(new Set(lines.map(({ name }) => name))).toEqual(new Set(BEHIND));
  const sum = (key: "tables" | "rows") => lines.reduce((all, line) => all + line[key], 0);
  expect(together).toEqual({ name: "together", tables: sum("tables"), rows: sum("rows") });
});

test("what runs is not restored into", { timeout: 60_000 }, async () => {
  await expect(guanxi(system.folder, "restore", saved, "--replace")).rejects.toThrow(/Already running on/);
});

test("the machine is lost, and a new one has it all from the backup", {
  timeout: 180_000,
}, async () => {
  await progress();
  await writers.stop();
  await system.settled();
  keys = issuerKeys();
  before = await readStream(system.natsUrl);
  await department.leave();
  await system.stop();

  system = await startSystem({}, async (folder) => {
    expect(await guanxi(folder, "restore", saved)).toMatch(/Restored/);
  });
  expect(issuerKeys()).toBe(keys);
  // The gateway may need two seconds to find services that came up long after it.
  await vi.waitFor(() => system.token("lin"), LONG);
  await system.settled();
});

test("the stream tells what there is: every version once, at the place that the log names", async () => {
  await expectTruth();
  const told = new Set(
    (await readStream(system.natsUrl)).map(({ sequence, meta }) => `${sequence} ${meta.eventId}`),
  );
  const logged = await loggedEvents();
  expect(logged.filter((each) => !told.has(each))).toEqual([]);
  // Told before the backup ended and still told, at the same place: durables and watermarks mean what they meant.
  const was = new Set(before.map(({ sequence, meta }) => `${sequence} ${meta.eventId}`));
  expect(logged.filter((each) => was.has(each)).length).toBeGreaterThan(logged.length - 50);
});

test("every projection is what its log makes of it", { timeout: 60_000 }, async () => {
  for (const service of ["customer", "sales", "service-desk", "interaction", "marketing", "analytics"])
    expect(await system.program(service, ["rebuild", "--check"]), service).toMatch(/ equal$/m);
});

test("work goes on, and a department that had read before has no gap", { timeout: 60_000 }, async () => {
  writers = startWriters(6);
  await progress();
  await writers.stop();
  await system.settled();
  await expectTruth();
  department = await department.comeBack(system.natsUrl);
  const told = (await readStream(system.natsUrl)).filter(({ area }) => area === "customer");
  await vi.waitFor(
    () => expect(told.filter(({ meta }) => !department.heard.has(meta.eventId))).toEqual([]),
    LONG,
  );
  await department.leave();
});

async function expectTruth(): Promise<void> {
  const answered = (await allCustomers(system)).map((each) =>
    answeredOf("guanxi.customer.v1.Customer", each),
  );
  const told = await readStream(system.natsUrl);
  const findings = compare(told, answered, "guanxi.customer.v1.Customer");
  expect(findings).toEqual({ lost: [], disordered: [], differing: [] });
  expect(distinct(told).length).toBe((await loggedEvents()).length);
}

async function loggedEvents(): Promise<string[]> {
  const logs = BEHIND.map((name) => `select stream_sequence, event_id from ${name}.event_log`);
  const rows = await system.sql<{ name: string }>(
    `select stream_sequence || ' ' || event_id as name from (${logs.join(" union all ")}) all_of_them`,
  );
  return rows.map(({ name }) => name);
}
