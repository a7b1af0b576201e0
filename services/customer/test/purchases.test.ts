import { randomUUID } from "node:crypto";
import {
  GetPurchaseHistoryRequest,
  PurchaseHistoryServiceService,
} from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
import { Order, Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import {
  OrderCancelled,
  OrderChanged,
  OrderDrafted,
  OrderPlaced,
  OrderRemoved,
} from "@guanxi/contract/guanxi/sales/v1/order_events";
import { checkRebuild } from "@guanxi/bus/rebuild";
import type { Codec } from "@guanxi/kit/codec";
import type { TestUser } from "@guanxi/testkit/service";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dateOf } from "@guanxi/kit/days";
import { decimalOf, microsOf, moneyOf } from "@guanxi/kit/micros";
import { create, read, update } from "./calls.ts";
import { customerService } from "./service.ts";
import { startTeller } from "./teller.ts";

const service = customerService();
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  sales = await startTeller("sales", service.nats.url, [Order as never]);
});
afterAll(() => sales.stop());

interface Line {
  readonly code: string;
  readonly quantity: bigint;
  readonly net: bigint;
  readonly cost: bigint | null;
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, each) => all + each, 0n);

interface Sold {
  readonly customerId: string;
  readonly day?: string;
  readonly status?: Order["status"];
  readonly kind?: Order["kind"];
  readonly currency?: string;
  readonly lines?: readonly Line[];
}

const HUNDRED: Line = { code: "GTX", quantity: 2_000_000n, net: 100_000_000n, cost: 60_000_000n };

function order(orderId: string, sold: Sold): Order {
  const { customerId, day = "2026-03-01", currency = "CNY", lines = [HUNDRED] } = sold;
  const known = lines.filter(({ cost }) => cost !== null);
  const cost = sum(known.map((line) => line.cost!));
  return Order.fromPartial({
    orderId,
    orderNumber: `O-${orderId.slice(0, 6)}`,
    customerId,
    currencyCode: currency,
    status: sold.status ?? Status.CONFIRMED,
    kind: sold.kind ?? Kind.SALE,
    orderDate: dateOf(day),
    netAmount: moneyOf(sum(lines.map(({ net }) => net)), currency),
    costAmount: moneyOf(cost, currency),
    marginAmount: moneyOf(sum(known.map(({ net }) => net)) - cost, currency),
    linesWithoutCost: lines.length - known.length,
    lines: lines.map(({ code, quantity, net }) => ({
      productCode: code,
      description: `product ${code}`,
      quantity: decimalOf(quantity),
      netAmount: moneyOf(net, currency),
    })),
  });
}

const place = async (user: TestUser, sold: Sold, event: Codec<unknown> = OrderPlaced) => {
  const orderId = randomUUID();
  await sales.tell(user.tenantId, Order, orderId, event, order(orderId, sold));
  return orderId;
};
const heard = async () => {
  await sales.published();
  await service.settled();
};
const history = (user: TestUser, customerId: string, more: object = {}) =>
  user.call(
    PurchaseHistoryServiceService.getPurchaseHistory,
    GetPurchaseHistoryRequest.fromPartial({ customerId, ...more }),
  );

test("R003 orders, amounts, products, dates and count stand with the customer, newest first", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  expect(await history(lin, customerId)).toEqual({
    summaries: [],
    purchases: [],
    nextPageToken: "",
    asOfTime: undefined,
    streamSequence: 0n,
  });
  const mouse: Line = { code: "MG", quantity: 500_000n, net: 7_500_001n, cost: null };
  const first = await place(lin, { customerId, day: "2026-01-05", lines: [HUNDRED, mouse, HUNDRED] });
  const back: Line = { code: "GTX", quantity: -1_000_000n, net: -50_000_000n, cost: -30_000_000n };
  const second = await place(lin, { customerId, day: "2026-02-01", kind: Kind.RETURN, lines: [back] });
  const foreign = await place(lin, { customerId, day: "2025-12-31", currency: "USD" });
  await place(lin, { customerId, status: Status.DRAFT }, OrderDrafted);
  await place(lin, { customerId: "" });
  await heard();

  const { summaries, purchases, asOfTime, streamSequence } = await history(lin, customerId);
  expect(purchases.map(({ orderId, creditNote }) => [orderId, creditNote])).toEqual([
    [second, true],
    [first, false],
    [foreign, false],
  ]);
  expect(purchases[1]).toMatchObject({
    orderNumber: `O-${first.slice(0, 6)}`,
    orderDate: { year: 2026, month: 1, day: 5 },
    netAmount: { currencyCode: "CNY", units: 207n, nanos: 500_001_000 },
    costAmount: { units: 120n },
    marginAmount: { units: 80n },
    linesWithoutCost: 1,
    productCount: 2,
    products: [
      { productCode: "GTX", description: "product GTX", quantity: "4", netAmount: { units: 200n } },
      { productCode: "MG", quantity: "0.5", netAmount: { units: 7n, nanos: 500_001_000 } },
    ],
  });
  expect(summaries).toMatchObject([
    {
      currencyCode: "CNY",
      orderCount: 1,
      returnCount: 1,
      netAmount: { units: 157n, nanos: 500_001_000 },
      costAmount: { units: 90n },
      marginAmount: { units: 60n },
      firstPurchaseDate: { year: 2026, month: 1, day: 5 },
      lastPurchaseDate: { year: 2026, month: 1, day: 5 },
      topProducts: [
        { productCode: "GTX", quantity: "3", netAmount: { units: 150n } },
        { productCode: "MG", quantity: "0.5" },
      ],
    },
    {
      currencyCode: "USD",
      orderCount: 1,
      returnCount: 0,
      lastPurchaseDate: { year: 2025, month: 12, day: 31 },
    },
  ]);
  const last = (await sales.source.events(lin.tenantId)).at(-1)!;
  expect(asOfTime).toEqual(last.meta.time);
  expect(streamSequence).toBeGreaterThan(0n);
});

test("R003 an order that is changed, cancelled or taken back is followed, also to another customer", async () => {
  const lin = await service.user();
  const [one, other] = [(await create(lin)).customerId, (await create(lin)).customerId];
  const orderId = await place(lin, { customerId: one });
  const tell = async (event: Codec<unknown>, state: Order | undefined) => {
    await sales.tell(lin.tenantId, Order, orderId, event, state);
    await heard();
  };
  const counts = async () =>
    Promise.all([one, other].map(async (id) => (await history(lin, id)).purchases.length));
  await heard();
  expect(await counts()).toEqual([1, 0]);
  await tell(OrderChanged, order(orderId, { customerId: other }));
  expect(await counts()).toEqual([0, 1]);
  await tell(OrderCancelled, order(orderId, { customerId: other, status: Status.CANCELLED }));
  expect(await counts()).toEqual([0, 0]);
  await tell(OrderChanged, order(orderId, { customerId: other }));
  await tell(OrderRemoved, undefined);
  expect(await counts()).toEqual([0, 0]);
});

test("R003 pages walk the whole history, and nobody sees another company's", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const ids: string[] = [];
  for (const day of ["2026-01-01", "2026-01-02", "2026-01-02", "2026-01-02", "2026-01-04"])
    ids.push(await place(lin, { customerId, day }));
  await heard();
  const seen: string[] = [];
  let pageToken = "";
  do {
    const page = await history(lin, customerId, { pageSize: 2, pageToken });
    expect(page.summaries[0]?.orderCount).toBe(5);
    seen.push(...page.purchases.map(({ orderId }) => orderId));
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect([seen[0], seen[4]]).toEqual([ids[4], ids[0]]);
  await expect(history(await service.user(), customerId)).rejects.toMatchObject({ reason: "NOT_FOUND" });
  const agent = await service.user({ tenantId: lin.tenantId, grants: [] });
  await expect(history(agent, customerId)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
});

const amount = fc.bigInt({ min: -9_999_999_999n, max: 9_999_999_999n });
const anyLine = fc.record({
  code: fc.constantFrom("A", "B", "C"),
  quantity: amount,
  net: amount,
  cost: fc.option(amount),
});
const anyChange = fc.record({
  order: fc.nat(5),
  customer: fc.nat(2),
  status: fc.constantFrom(
    Status.DRAFT,
    Status.CONFIRMED,
    Status.FULFILLING,
    Status.FULFILLED,
    Status.RETURNED,
  ),
  kind: fc.constantFrom(Kind.SALE, Kind.RETURN),
  currency: fc.constantFrom("CNY", "USD"),
  day: fc.constantFrom("2026-01-01", "2026-02-28", "2025-12-31"),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
});

test("R003 the sums equal sales' ledger, however orders change, and so they do made anew", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 20 }), async (changes) => {
      const lin = await service.user();
      const customers = await Promise.all([0, 1].map(async () => (await create(lin)).customerId));
      const ids = Array.from({ length: 6 }, () => randomUUID());
      const ledger = new Map<string, Order>();
      for (const { order: index, customer, ...sold } of changes) {
        const orderId = ids[index]!;
        const state = order(orderId, { ...sold, customerId: customers[customer] ?? "" });
        await sales.tell(
          lin.tenantId,
          Order,
          orderId,
          ledger.has(orderId) ? OrderChanged : OrderPlaced,
          state,
        );
        ledger.set(orderId, state);
      }
      await heard();
      const expected = customers.map((customerId) => owed(ledger, customerId));
      const all = () => Promise.all(customers.map((customerId) => sums(lin, customerId)));
      expect(await all()).toEqual(expected);
      await service.rebuild("purchases", lin.tenantId, await sales.source.archive());
      expect(await all()).toEqual(expected);
    }),
    { numRuns: 8 },
  );
});

test("R003 R012 while purchases are made anew people go on writing, and every customer is looked at behind it", async () => {
  const lin = await service.user();
  const [one, other] = [await create(lin), await create(lin)];
  for (const { customerId } of [one, other]) {
    const orderId = randomUUID();
    await sales.tell(lin.tenantId, Order, orderId, OrderPlaced, order(orderId, { customerId }));
  }
  await sales.published();
  await service.settled();
  const counted = async () => {
    const text = "select customer_id, order_count from customer_facts where tenant_id = $1 order by 1";
    const { rows } = await service.admin.query(text, [lin.tenantId]);
    return rows as { customer_id: string; order_count: number }[];
  };
  const right = [one, other].map(({ customerId }) => ({ customer_id: customerId, order_count: 1 }));
  // By then the rules have looked at them, and change nothing under the hands of who writes.
  await expect.poll(counted, { timeout: 10_000 }).toEqual(right);
  const archive = await sales.source.archive();
  let edited = 0;
  /** A person writes while the events are applied, and nothing is committed. */
  const busy: typeof archive = {
    ...archive,
    async *pages(what) {
      for await (const page of archive.pages(what)) for (const each of page) yield [each];
      const { etag } = await update(lin, await read(lin, one.customerId), { industry: `steel ${++edited}` });
      expect(Number(etag)).toBeGreaterThan(1);
    },
  };
  const { tables } = await service.maintain("purchases", (options) =>
    checkRebuild(options, busy, lin.tenantId),
  );
  for (const { live, anew } of tables) expect(anew).toEqual(live);
  // As if a figure had been wrong: what follows from purchases is set right as well.
  await service.admin.query("update customer_facts set order_count = 9 where customer_id = $1", [
    other.customerId,
  ]);
  await service.rebuild("purchases", lin.tenantId, busy);
  await expect.poll(counted, { timeout: 10_000 }).toEqual(right);
  expect(edited).toBe(2);
});

const sums = async (lin: TestUser, customerId: string) =>
  (await history(lin, customerId)).summaries.map((each) => [
    each.currencyCode,
    each.orderCount,
    each.returnCount,
    microsOf(each.netAmount!),
    microsOf(each.marginAmount!),
    each.linesWithoutCost,
    sum(each.topProducts.map(({ netAmount }) => microsOf(netAmount!))),
  ]);

function owed(ledger: Map<string, Order>, customerId: string) {
  const sold: number[] = [Status.CONFIRMED, Status.FULFILLING, Status.FULFILLED];
  const counted = [...ledger.values()].filter(
    (each) => each.customerId === customerId && sold.includes(each.status),
  );
  return ["CNY", "USD"].flatMap((currency) => {
    const orders = counted.filter(({ currencyCode }) => currencyCode === currency);
    if (orders.length === 0) return [];
    const net = sum(orders.map(({ netAmount }) => microsOf(netAmount!)));
    return [
      [
        currency,
        orders.filter(({ kind }) => kind === Kind.SALE).length,
        orders.filter(({ kind }) => kind === Kind.RETURN).length,
        net,
        sum(orders.map(({ marginAmount }) => microsOf(marginAmount!))),
        orders.reduce((all, { linesWithoutCost }) => all + linesWithoutCost, 0),
        net,
      ],
    ];
  });
}
