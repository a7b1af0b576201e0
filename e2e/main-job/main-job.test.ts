// One story, told in order on one system: a company moves in while its processes are killed, is counted, goes through a
// silence of each service, and moves out again.
import {
  archiveCustomer,
  cancelOrder,
  confirmOrder,
  createCustomer,
  createOrder,
  customerListImports,
  getCustomer,
  type Import,
  listCustomers,
  listOrders,
  queryPipelineFigures,
  querySalesFigures,
} from "@guanxi/client/gen/guanxi";
import { areas } from "@guanxi/cli/areas";
import { undoImport } from "@guanxi/cli/importing";
import { generate } from "@guanxi/cli/seed/generate";
import { fill } from "@guanxi/cli/seed/seed";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { figures } from "../smoke/figures.ts";
import { dealsOf, salesOf } from "../smoke/seeded.ts";
import { LONG, startSystem, type System } from "../system/rig.ts";
import { readStream } from "../system/stream.ts";

const SEED = 11;
const CUSTOMERS = 1100; // so that each file is several batches
const company = generate(SEED, CUSTOMERS);

/** Whom a file's import has to survive while it runs. */
const VICTIMS: Record<string, string[]> = {
  customer: ["customer", "postgres"],
  contact: ["nats"],
  opportunity: ["sales", "gateway"],
  order: ["sales", "analytics", "identity", "customer"],
};

let system: System;
let imports: Import[];

beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system?.stop(), 60_000);

const latest = () =>
  String(imports.map(({ lastSequence }) => BigInt(lastSequence)).reduce((a, b) => (a > b ? a : b)));

async function holdsTrue(): Promise<void> {
  const table = figures();
  await dealsOf(table, company, latest());
  await salesOf(table, company, latest());
  table.print();
  expect(table.good()).toBe(true);
}

/** What the rules find of customers is said too: by then all of it has been. */
async function rested(): Promise<void> {
  await system.settled();
  const due = "select 1 from customer.customer_checks where due_time <= now() limit 1";
  await vi.waitUntil(async () => (await system.sql(due)).length === 0, LONG);
  await system.settled();
}

test("a company's files come in once each, whoever is killed meanwhile", {
  timeout: 300_000,
}, async () => {
  const waiting = structuredClone(VICTIMS);
  const murders: Promise<void>[] = [];
  imports = await fill(SEED, CUSTOMERS, ({ kind, state }) => {
    const victims = state === "STATE_RUNNING" ? waiting[kind]?.splice(0) : undefined;
    if (victims?.length)
      murders.push(
        (async () => {
          for (const victim of victims) await system.murder(victim);
        })(),
      );
  });
  await Promise.all(murders);
  expect(Object.values(waiting).flat()).toEqual([]);
  const expected = [
    12,
    CUSTOMERS,
    company.contacts.length,
    company.opportunities.length,
    company.lines.length,
  ];
  expect(imports.map(({ state, counts }) => [state, counts?.readRows, counts?.createdRows])).toEqual(
    expected.map((rows) => ["STATE_COMPLETED", String(rows), String(rows)]),
  );
});

test("R106 R110 the figures are those of the files", { timeout: 120_000 }, holdsTrue);

test("a second time brings nothing new, and says nothing", { timeout: 120_000 }, async () => {
  await rested();
  const before = (await readStream(system.natsUrl)).length;
  const again = await fill(SEED, CUSTOMERS);
  expect(
    again.map(({ counts }) => [counts?.unchangedRows, counts?.createdRows, counts?.updatedRows]),
  ).toEqual(imports.map(({ counts }) => [counts?.readRows, "0", "0"]));
  await rested();
  expect((await readStream(system.natsUrl)).slice(before).map(({ type }) => type)).toEqual([]);
});

test("analytics hears later what was said while it was silent", { timeout: 120_000 }, async () => {
  const speak = system.silence("analytics");
  const order = {
    currencyCode: "CNY",
    lines: [{ quantity: "3", listPrice: { currencyCode: "CNY", units: "7" } }],
  };
  const { orderId } = await createOrder(order);
  await confirmOrder(orderId, {});
  speak();
  await system.settled();
  const { rows } = await querySalesFigures({ groupBy: ["DIMENSION_CUSTOMER"] });
  expect(rows.find(({ customerId }) => customerId === "")).toMatchObject({
    orderCount: 1,
    netAmount: { units: "21" },
  });
  await cancelOrder(orderId, { reason: "it was for a test" });
  await system.settled();
  await holdsTrue();
});

test("while sales is silent, customers are served", { timeout: 60_000 }, async () => {
  const speak = system.silence("sales");
  try {
    expect((await listCustomers({ pageSize: 200 })).customers).toHaveLength(200);
    const { customerId } = await createCustomer({ kind: "KIND_PERSON", displayName: "张三" });
    const { etag } = await getCustomer(customerId);
    await archiveCustomer(customerId, {}, { "If-Match": `"${etag}"` });
    expect((await queryPipelineFigures()).rows[0]!.count).toBe(company.opportunities.length);
  } finally {
    speak();
  }
  await vi.waitUntil(async () => (await listOrders({ pageSize: 1 })).orders.length === 1, LONG);
});

test("the tables of analytics are what its log makes of them", { timeout: 120_000 }, async () => {
  const said = await system.program("analytics", ["rebuild", "--check"]);
  expect(said).not.toMatch(/differ/i);
});

test("what came in goes out again, and nothing is left of it", { timeout: 120_000 }, async () => {
  let after = "0";
  for (const { importId, kind, counts } of imports.toReversed()) {
    const area = areas.find(
      ({ name }) => name === (kind === "customer" || kind === "contact" ? "customer" : "sales"),
    )!;
    const { undoCounts, state, lastSequence } = await undoImport(area, importId, after);
    after = lastSequence;
    expect([kind, state, undoCounts?.removedRecords, undoCounts?.keptRecords]).toEqual([
      kind,
      "STATE_UNDONE",
      counts?.createdRecords,
      "0",
    ]);
  }
  await system.settled();
  expect((await listCustomers()).customers).toEqual([]);
  expect((await queryPipelineFigures()).rows).toEqual([]);
  expect((await querySalesFigures()).rows).toEqual([]);
  expect((await customerListImports()).imports).not.toEqual([]);
});
