import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import {
  createCustomer,
  CustomerKind,
  type Import,
  listCustomers,
  listSegments,
  listTasks,
  updateCustomer,
} from "@guanxi/client/gen/guanxi";
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

/** Of 60 customers, of whom every third consents to mail. */
const MADE_UP = { customer: 60, lead: 2, case: 13, complaint: 1, interaction: 90, survey_answer: 9 };

test("the made-up company moves in, and one command takes it away", { timeout: 120_000 }, async () => {
  const moved = await guanxi("seed", "--customers", "60");
  for (const [kind, count] of Object.entries(MADE_UP))
    expect(moved).toContain(`${kind}: ${count} rows read, ${count} made, 0 refused`);
  expect(await guanxi("seed")).toMatch(/nothing was seeded/);
  const { customers } = await listCustomers({ pageSize: 200 });
  const mayBeMailed = customers.filter(({ consents }) =>
    consents.some(({ channel }) => channel === "CHANNEL_EMAIL"),
  );
  expect(mayBeMailed).toHaveLength(20);
  await system.settled(); // on a busy machine a service with much to do answers later than doctor waits
  expect(await guanxi("doctor")).toMatch(/All is well/);
  await heldAgainstTheirSources();
  const [line = ""] = (await guanxi("events", "tail", "--from", "1", "--count", "1")).split("\n");
  expect(JSON.parse(line)).toMatchObject({ sequence: 1, event: { meta: { version: 1 } } });
  const left = await guanxi("seed", "--remove");
  for (const [kind, count] of Object.entries(MADE_UP))
    expect(left).toContain(`${kind}: ${count} removed, 0 as before, 0 kept`);
  expect((await listCustomers({ includeArchived: true })).customers).toEqual([]);
  expect((await listSegments()).segments).toEqual([]);
  expect((await listTasks({ filter: 'state == "OPEN"' })).tasks).toEqual([]);
});

test("what runs is known by its release, and so is the way to another", { timeout: 60_000 }, async () => {
  const now = await releaseOf(root);
  const file = path.join(system.folder, "releases.json");
  const earlier = readReleases(root).filter(({ release }) => release !== now.release);
  writeFileSync(file, JSON.stringify([...earlier, now]));
  const said = await guanxi("upgrade", "check", "--to", now.release, "--releases", file);
  // Here it is the gateway that shows the pages.
  const services = Object.keys(now.services).filter((name) => name !== "console");
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

/** R142: what analytics has of all services, in counts, checksums and ids; and one that is spoilt. */
async function heldAgainstTheirSources(): Promise<void> {
  expect(await guanxi("reconcile")).toMatch(
    /customer Customer: 60 there, 60 told, 60 here.*: equal[^]*Nothing differs/,
  );
  const [spoilt] = await system.sql<{ id: string }>(
    `update analytics.order_facts set net_micros = net_micros + 1
     where order_id = (select min(order_id::text)::uuid from analytics.order_facts) returning order_id as id`,
  );
  await expect(guanxi("reconcile", "--area", "sales")).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(`Order: .* 1 DIFFER\n  changed ${spoilt!.id}`),
  });
  const mended = JSON.parse(await guanxi("reconcile", "--area", "sales", "--repair", "--json")) as Mended;
  expect(mended.differences.map(({ id }) => id)).toContain(spoilt!.id);
  expect(mended.comparisonsAfterRepair.filter(({ differenceCount }) => differenceCount > 0)).toEqual([]);
  expect(await guanxi("reconcile")).toMatch(/Nothing differs/);
}

interface Mended {
  readonly differences: readonly { readonly id: string }[];
  readonly comparisonsAfterRepair: readonly { readonly differenceCount: number }[];
}

test("R142 while somebody writes, what is here is held against what is there, to the end", {
  timeout: 60_000,
}, async () => {
  let written = 0;
  const end = new AbortController();
  const write = async () => {
    for (; !end.signal.aborted; written += 1) {
      const { customerId, etag } = await createCustomer({
        kind: CustomerKind.KIND_ORGANISATION,
        displayName: `客户 ${written}`,
      });
      await updateCustomer(customerId, { displayName: `改 ${written}` }, { "If-Match": `"${etag}"` });
    }
  };
  const reconciled = guanxi("reconcile", "--area", "customer", "--json").finally(() => end.abort());
  const [said] = await Promise.all([reconciled, write()]);
  expect(written).toBeGreaterThan(10);
  const { comparisons } = JSON.parse(said) as { comparisons: Comparison[] };
  const customers = comparisons.find(({ aggregateType }) => aggregateType.endsWith(".Customer"))!;
  expect(Number(customers.toldCount)).toBeGreaterThan(0);
  for (const { toldChecksum, hereChecksum, differenceCount } of comparisons)
    expect({ differenceCount, hereChecksum }).toEqual({ differenceCount: 0, hereChecksum: toldChecksum });
  expect(customers.sourceCheck).toBe("SOURCE_CHECK_AGREES");
});

interface Comparison {
  readonly aggregateType: string;
  readonly toldCount: string;
  readonly toldChecksum: string;
  readonly hereChecksum: string;
  readonly differenceCount: number;
  readonly sourceCheck: string;
}
