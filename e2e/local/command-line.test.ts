import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Import, listCustomers } from "@guanxi/client/gen/guanxi";
import { root } from "@guanxi/local/places";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readReleases, releaseOf } from "../../services/gateway/tools/releases.ts";
import { startSystem, type System } from "../system/rig.ts";

let system: System;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system?.stop(), 60_000);

async function guanxi(...args: string[]): Promise<string> {
  const program = path.join(root, "packages/cli/src/main.ts");
  const env = { ...process.env, GUANXI_DATA: system.folder };
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", program, ...args], {
    env,
  });
  return stdout;
}

test("the made-up company moves in, and one command takes it away", { timeout: 120_000 }, async () => {
  expect(await guanxi("seed", "--customers", "60")).toMatch(/customer: 60 rows read, 60 made, 0 refused/);
  expect(await guanxi("seed")).toMatch(/nothing was seeded/);
  expect(await guanxi("doctor")).toMatch(/All is well/);
  const [line = ""] = (await guanxi("events", "tail", "--from", "1", "--count", "1")).split("\n");
  expect(JSON.parse(line)).toMatchObject({ sequence: 1, event: { meta: { version: 1 } } });
  expect(await guanxi("seed", "--remove")).toMatch(/customer: 60 removed, 0 as before, 0 kept/);
  expect((await listCustomers()).customers).toEqual([]);
});

test("what runs is known by its release, and so is the way to another", { timeout: 60_000 }, async () => {
  const now = await releaseOf(root);
  const file = path.join(system.folder, "releases.json");
  const earlier = readReleases(root).filter(({ release }) => release !== now.release);
  writeFileSync(file, JSON.stringify([...earlier, now]));
  const said = await guanxi("upgrade", "check", "--to", now.release, "--releases", file);
  const services = Object.keys(now.services);
  expect(said.match(/already there: runs/g)).toHaveLength(services.length);
  expect(said).toContain(`\n${now.release}: already there.\n`);
});

test("a file is tried, brought in, and taken back", { timeout: 60_000 }, async () => {
  const file = path.join(system.folder, "people.csv");
  writeFileSync(file, "编号,客户名称\n1,张三\n2,李四\n");
  const bring = async (...more: string[]) =>
    JSON.parse(await guanxi("import", file, "--kind", "customer", ...more)) as Import;
  expect((await bring("--dry-run")).counts).toMatchObject({ createdRows: "2", failedRows: "0" });
  expect((await listCustomers()).customers).toEqual([]);
  const { importId, counts } = await bring();
  expect(counts).toMatchObject({ readRows: "2", createdRows: "2" });
  const undone = JSON.parse(await guanxi("import", "--undo", importId)) as Import;
  expect(undone.undoCounts).toMatchObject({ removedRecords: "2", keptRecords: "0" });
});
