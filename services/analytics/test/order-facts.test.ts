import { randomUUID } from "node:crypto";
import { Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { dateOf, dayOf } from "@guanxi/kit/days";
import { decimalOf, moneyOf } from "@guanxi/kit/micros";
import { startFigures } from "./figure-rig.ts";

const rig = await startFigures();
afterAll(() => rig.stop());
const { service } = rig;

const pick = (n: number) => `0199f0c4-2a3b-7c4d-8e5f-60718293a4b${n}`;
const CUSTOMERS = ["", pick(1), pick(2)];
const PRODUCTS = ["", pick(3), pick(4)];

const line = fc
  .record({
    productId: fc.constantFrom(...PRODUCTS),
    productCode: fc.constantFrom("A-1", "B-2"),
    quantity: fc.integer({ min: -3_000_000, max: 3_000_000 }).map((micros) => decimalOf(BigInt(micros))),
    discount: fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined }),
    net: fc.integer({ min: -5_000_000, max: 50_000_000 }),
    cost: fc.option(fc.integer({ min: -5_000_000, max: 50_000_000 }), { nil: undefined }),
  })
  .map(({ discount, net, cost, ...rest }) => ({
    ...rest,
    ...(discount !== undefined && { discount: moneyOf(BigInt(discount), "CNY") }),
    netAmount: moneyOf(BigInt(net), "CNY"),
    ...(cost !== undefined && { costAmount: moneyOf(BigInt(cost), "CNY") }),
  }));

const order = fc.record({
  orderNumber: fc.constantFrom("O-1", "O-2"),
  customerId: fc.constantFrom(...CUSTOMERS),
  ownerId: fc.constantFrom("", pick(5)),
  kind: fc.constantFrom(Kind.SALE, Kind.RETURN),
  status: fc.constantFrom(1, 2, 2, 3, 3, 4, 4, 5, 6),
  currencyCode: fc.constantFrom("CNY", "EUR"),
  orderDate: fc.constantFrom("2026-03-01", "2026-03-02").map(dateOf),
  regionCode: fc.constantFrom("", "CN"),
  regionName: fc.constantFrom("", "EIRE"),
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
});

const deed = fc.oneof(
  { weight: 5, arbitrary: fc.record({ order: fc.nat(4), state: order }) },
  { weight: 1, arbitrary: fc.record({ order: fc.nat(4), state: fc.constant(undefined) }) },
);

type State = (typeof order extends fc.Arbitrary<infer T> ? T : never) & { readonly orderId: string };
type Sums = Record<string, bigint>;

/** The daily tables as a plain reading of the newest states makes them. */
function recomputed(orders: Iterable<State>) {
  const days = { customer_days: new Map(), sales_days: new Map(), product_days: new Map() };
  const add = (
    to: Map<string, Sums>,
    key: readonly unknown[],
    order: string,
    line: State["lines"][number],
  ) => {
    const name = key.join("|");
    const sums = to.get(name) ?? {};
    to.set(name, sums);
    const [net, discount] = [line.netAmount, line.discount].map((money) =>
      money ? money.units * 1_000_000n + BigInt(money.nanos) / 1000n : 0n,
    ) as [bigint, bigint];
    const cost =
      line.costAmount && line.costAmount.units * 1_000_000n + BigInt(line.costAmount.nanos) / 1000n;
    const plus = (field: string, value: bigint) => (sums[field] = (sums[field] ?? 0n) + value);
    plus("orders", seen.has(`${name} ${order}`) ? 0n : 1n);
    seen.add(`${name} ${order}`);
    plus("lines", 1n);
    plus("quantity", BigInt(Math.round(Number(line.quantity) * 1e6)));
    plus("list", net + discount);
    plus("discount", discount);
    plus("net", net);
    plus("cost", cost ?? 0n);
    plus("margin", cost === undefined ? 0n : net - cost);
    plus("without", cost === undefined ? 1n : 0n);
  };
  const seen = new Set<string>();
  for (const order of orders) {
    if (![Status.CONFIRMED, Status.FULFILLING, Status.FULFILLED].includes(order.status as 2)) continue;
    const { customerId, ownerId, currencyCode, orderId, lines } = order;
    const day = dayOf(order.orderDate);
    const kind = order.kind === Kind.RETURN ? "RETURN" : "SALE";
    for (const each of lines) {
      const product = each.productId ? [each.productId, ""] : ["", each.productCode];
      if (customerId) add(days.customer_days, [customerId, day, currencyCode], orderId, each);
      const place = [day, currencyCode, order.regionCode || order.regionName, ownerId, kind, !!customerId];
      add(days.sales_days, place, orderId, each);
      add(days.product_days, [day, currencyCode, ...product, !!customerId], orderId, each);
    }
  }
  return days;
}

const KEYS = {
  customer_days: "customer_id, day::text, currency_code",
  sales_days:
    "day::text, currency_code, region, owner_id, kind, case when with_customer then 'true' else 'false' end",
  product_days:
    "day::text, currency_code, product_id, product_code, case when with_customer then 'true' else 'false' end",
};

async function kept(tenantId: string, table: keyof typeof KEYS): Promise<Map<string, Sums>> {
  const { rows } = await service.admin.query(
    `select concat_ws('|', ${KEYS[table]}) as key, order_count as orders, line_count as lines, quantity_micros as quantity,
       list_micros as list, discount_micros as discount, net_micros as net, cost_micros as cost, margin_micros as margin,
       lines_without_cost as without from ${table} where tenant_id = $1`,
    [tenantId],
  );
  return new Map(
    (rows as { key: string }[]).map(({ key, ...sums }) => [
      key,
      Object.fromEntries(Object.entries(sums).map(([field, value]) => [field, BigInt(value as string)])),
    ]),
  );
}

const histories = fc.sample(fc.array(deed, { minLength: 1, maxLength: 15 }), { numRuns: 50, seed: 20261122 });

test("R110 whatever becomes of orders, and though it is told twice, the days hold the sums of the lines", async () => {
  const tenants = histories.map((deeds) => ({
    tenantId: randomUUID(),
    deeds,
    now: new Map<number, State>(),
  }));
  for (const { tenantId, deeds, now } of tenants) {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    for (const { order: number, state } of deeds) {
      const orderId = ids[number]!;
      if (state) now.set(number, { ...state, orderId });
      if (state) await rig.tell(tenantId, "order", state, orderId);
      else if (now.delete(number)) await rig.remove(tenantId, "order", orderId);
      // What has been removed has no further versions: the next of that number is another order.
      if (!state) ids[number] = randomUUID();
    }
  }
  await rig.settled();
  let days = 0;
  const check = async () => {
    for (const { tenantId, now } of tenants) {
      const expected = recomputed(now.values());
      days += expected.sales_days.size;
      for (const table of ["customer_days", "sales_days", "product_days"] as const)
        expect(await kept(tenantId, table), table).toEqual(expected[table]);
    }
  };
  await check();
  for (const { tenantId } of tenants.slice(0, 5)) await rig.repeat(tenantId);
  await check();
  for (const { tenantId } of tenants.slice(0, 10)) {
    const { tables } = await rig.checkRebuild(tenantId);
    expect(tables.map(({ anew }) => anew)).toEqual(tables.map(({ live }) => live));
    await rig.rebuild(tenantId);
  }
  await check();
  expect(days).toBeGreaterThan(100);
});

const changed = (tables: Awaited<ReturnType<typeof rig.checkRebuild>>["tables"]) =>
  tables.filter(({ live, anew }) => live.checksum !== anew.checksum).map(({ table }) => table);

test("tables are held against their log without touching them, and one that was spoilt is found out", async () => {
  const tenantId = randomUUID();
  for (const state of fc.sample(order, { numRuns: 20, seed: 1 })) await rig.tell(tenantId, "order", state);
  await rig.settled();
  const sound = await rig.checkRebuild(tenantId);
  expect(sound.events).toBe(20);
  expect(sound.tables.map(({ table }) => table)).toEqual(
    expect.arrayContaining(["order_facts", "customer_days", "opportunity_facts", "pipelines", "sales_marks"]),
  );
  expect(changed(sound.tables)).toEqual([]);
  expect(sound.tables.find(({ table }) => table === "order_facts")!.live.rows).toBe(20);
  expect(await rig.checkRebuild(tenantId)).toEqual(sound);

  const where = "where tenant_id = $1 and ctid = (select min(ctid) from sales_days where tenant_id = $1)";
  await service.admin.query(`update sales_days set net_micros = net_micros + 1 ${where}`, [tenantId]);
  const spoilt = await rig.checkRebuild(tenantId);
  expect(changed(spoilt.tables)).toEqual(["sales_days"]);
  await rig.rebuild(tenantId);
  expect(changed((await rig.checkRebuild(tenantId)).tables)).toEqual([]);
});

test("what the reader has not applied yet is no difference", async () => {
  const tenantId = randomUUID();
  const [some, other] = fc.sample(order, { numRuns: 2, seed: 2 });
  const late = await rig.tell(tenantId, "order", { ...some!, status: Status.DRAFT });
  await rig.tell(tenantId, "order", other!);
  await rig.settled();
  // As if the first one had been published and not been read. A draft stands in no day.
  await service.admin.query("delete from seen where tenant_id = $1 and aggregate_id = $2", [tenantId, late]);
  await service.admin.query("delete from order_facts where tenant_id = $1 and order_id = $2", [
    tenantId,
    late,
  ]);
  const { events, tables } = await rig.checkRebuild(tenantId);
  expect(events).toBe(1);
  expect(changed(tables)).toEqual([]);
});
