import { randomUUID } from "node:crypto";
import {
  ListOrderFactsRequest,
  type OrderFact,
  QuerySalesFiguresRequest,
  QuerySalesFiguresRequest_Dimension as By,
  type SalesFigure,
  SalesFigureServiceService as Service,
} from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { TestUser } from "@guanxi/testkit/service";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { dateOf, dayOf } from "@guanxi/kit/days";
import { microsOf, microsOfDecimal, moneyOf } from "@guanxi/kit/micros";
import { startFigures } from "./figure-rig.ts";

const rig = await startFigures();
afterAll(() => rig.stop());
const { service } = rig;

const money = (units: number, currencyCode = "CNY") => moneyOf(BigInt(Math.round(units * 1e6)), currencyCode);
const figures = (user: TestUser, request: object = {}) =>
  user.call(Service.querySalesFigures, QuerySalesFiguresRequest.fromPartial(request));

async function listed(user: TestUser, filter: string, orderBy = ""): Promise<OrderFact[]> {
  const all: OrderFact[] = [];
  let pageToken = "";
  do {
    const request = ListOrderFactsRequest.fromPartial({ filter, orderBy, pageToken, pageSize: 40 });
    const page = await user.call(Service.listOrderFacts, request);
    all.push(...page.orderFacts);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return all;
}

const line = (product: object, quantity: string, net: number, cost?: number, discount?: number) => ({
  ...product,
  quantity,
  netAmount: money(net),
  ...(cost !== undefined && { costAmount: money(cost) }),
  ...(discount !== undefined && { discount: money(discount) }),
});

async function company() {
  const user = await service.user();
  const { tenantId } = user;
  const lin = await rig.tell(tenantId, "user", { displayName: "林晓" });
  const customer = (displayName: string) =>
    rig.tell(tenantId, "customer", {
      displayName,
      createDate: dateOf("2026-01-01"),
      lifecycleStage: 1,
      state: 1,
    });
  const [chen, acme] = [await customer("晨光贸易"), await customer("Acme")];
  const mug = await rig.tell(tenantId, "product", { displayName: "Mug", productCode: "M-1" });
  return { user, tenantId, lin, chen, acme, mug };
}
type Company = Awaited<ReturnType<typeof company>>;

async function fixture({ tenantId, lin, chen, acme, mug }: Company): Promise<void> {
  const order = (orderDate: string, state: object) =>
    rig.tell(tenantId, "order", {
      kind: Kind.SALE,
      status: Status.CONFIRMED,
      currencyCode: "CNY",
      ...state,
      orderDate: dateOf(orderDate),
    });
  const ofMug = { productId: mug, productCode: "M-1" };
  const postage = { productCode: "POST" };
  await order("2026-01-31", {
    orderNumber: "O-1",
    customerId: chen,
    ownerId: lin,
    regionCode: "CN",
    lines: [line(ofMug, "3", 27, 15, 3), line(postage, "1", 5)],
  });
  await order("2026-02-01", {
    orderNumber: "O-2",
    customerId: chen,
    ownerId: lin,
    regionCode: "CN",
    status: Status.FULFILLED,
    lines: [line(ofMug, "1.5", 15.75, 7.5), line(ofMug, "1", 10.005, 5)],
  });
  await order("2026-02-01", {
    orderNumber: "C-1",
    customerId: chen,
    kind: Kind.RETURN,
    regionName: "EIRE",
    lines: [line(ofMug, "-1", -9, -5)],
  });
  await order("2026-02-02", {
    orderNumber: "O-3",
    status: Status.FULFILLING,
    lines: [line(postage, "2", 10)],
  });
  await order("2026-02-03", {
    orderNumber: "O-4",
    customerId: acme,
    currencyCode: "EUR",
    lines: [line(ofMug, "1", 8, 4)],
  });
  for (const status of [Status.DRAFT, Status.CANCELLED, Status.RETURNED])
    await order("2026-02-01", {
      orderNumber: `O-9${status}`,
      customerId: acme,
      status,
      lines: [line(ofMug, "9", 900)],
    });
  await rig.settled();
}

test("R110 sales are added up from the orders that count, returns with their minus", async () => {
  const all = await company();
  await fixture(all);
  const { rows, streamSequence } = await figures(all.user, { countCustomers: true });
  expect(rows).toEqual([
    expect.objectContaining({
      currencyCode: "CNY",
      orderCount: 4,
      lineCount: 6,
      quantity: "7.5",
      listAmount: money(61.755),
      discountAmount: money(3),
      netAmount: money(58.755),
      costAmount: money(22.5),
      marginAmount: money(21.255), // 12 + 8.25 + 5.005 − 4, without postage
      linesWithoutCost: 2,
      customerCount: 1,
      ordersWithoutCustomer: 1,
    }),
    expect.objectContaining({
      currencyCode: "EUR",
      orderCount: 1,
      customerCount: 1,
      marginAmount: money(4, "EUR"),
    }),
  ]);
  expect(streamSequence).toBeGreaterThan(0n);
  expect((await figures(all.user)).rows[0]!.customerCount).toBeUndefined();
});

test("R110 sales are told apart by day, month, customer, product, agent, place and kind, each with its name", async () => {
  const all = await company();
  await fixture(all);
  const by = async (groupBy: By[], more: object = {}) =>
    (await figures(all.user, { groupBy, ...more })).rows
      .filter(({ currencyCode }) => currencyCode === "CNY")
      .map(({ labels, orderCount, netAmount }) => [
        ...labels,
        orderCount,
        Number(microsOf(netAmount!)) / 1e6,
      ]);
  expect(await by([By.DAY])).toEqual([
    ["2026-01-31", 1, 32],
    ["2026-02-01", 2, 16.755],
    ["2026-02-02", 1, 10],
  ]);
  expect(await by([By.MONTH])).toEqual([
    ["2026-01", 1, 32],
    ["2026-02", 3, 26.755],
  ]);
  expect(await by([By.CUSTOMER])).toEqual([
    ["晨光贸易", 3, 48.755],
    ["", 1, 10],
  ]);
  expect(await by([By.PRODUCT])).toEqual([
    ["Mug", 3, 43.755],
    ["POST", 2, 15],
  ]);
  expect(await by([By.PRODUCT, By.CUSTOMER])).toEqual([
    ["Mug", "晨光贸易", 3, 43.755],
    ["POST", "晨光贸易", 1, 5],
    ["POST", "", 1, 10],
  ]);
  expect(await by([By.AGENT])).toEqual([
    ["林晓", 2, 57.755],
    ["", 2, 1],
  ]);
  expect(await by([By.REGION, By.KIND])).toEqual([
    ["", "SALE", 1, 10],
    ["CN", "SALE", 2, 57.755],
    ["EIRE", "RETURN", 1, -9],
  ]);
  expect(await by([By.KIND], { customerId: all.chen, startDate: dateOf("2026-02-01") })).toEqual([
    ["RETURN", 1, -9],
    ["SALE", 1, 25.755],
  ]);
});

const none = undefined;
const anyOrder = ({ chen, acme, lin, mug }: Company) =>
  fc
    .record({
      customerId: fc.constantFrom(chen, acme, ""),
      ownerId: fc.constantFrom(lin, ""),
      kind: fc.constantFrom(Kind.SALE, Kind.RETURN),
      status: fc.constantFrom(1, 2, 2, 3, 4, 4, 5),
      currencyCode: fc.constantFrom("CNY", "EUR"),
      regionName: fc.constantFrom("", "EIRE", '"Quoted\\" \n'),
      orderNumber: fc.constantFrom("O-1", "O-2", "O-3"),
      day: fc.constantFrom("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"),
      lines: fc.array(
        fc
          .record({
            product: fc.constantFrom({ productId: mug }, { productCode: "POST" }, { productCode: "A" }),
            quantity: fc.constantFrom("1", "-2", "0.25"),
            net: fc.constantFrom(1, 2.5, -3, 0.000001),
            cost: fc.constantFrom(none, 0, 1.5),
          })
          .map(({ product, quantity, net, cost }) => line(product, quantity, net, cost)),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ day, ...rest }) => ({ ...rest, orderDate: dateOf(day) }));

const total = (rows: readonly SalesFigure[]) => ({
  lines: rows.reduce((sum, { lineCount }) => sum + lineCount, 0),
  net: rows.reduce((sum, { netAmount }) => sum + microsOf(netAmount!), 0n),
  margin: rows.reduce((sum, { marginAmount }) => sum + microsOf(marginAmount!), 0n),
  quantity: rows.reduce((sum, { quantity }) => sum + microsOfDecimal(quantity), 0n),
});

/** What must come out, whatever the sales are told apart by. */
function behind(row: SalesFigure, orders: readonly OrderFact[]) {
  const sum = (field: "netAmount" | "marginAmount") =>
    orders.reduce((all, order) => all + microsOf(order[field]!), 0n);
  expect({
    orders: row.orderCount,
    lines: row.lineCount,
    net: microsOf(row.netAmount!),
    margin: microsOf(row.marginAmount!),
    without: row.ordersWithoutCustomer,
  }).toEqual({
    orders: orders.length,
    lines: orders.reduce((all, { lineCount }) => all + lineCount, 0),
    net: sum("netAmount"),
    margin: sum("marginAmount"),
    without: orders.filter(({ customerId }) => !customerId).length,
  });
  const customers = new Set(orders.flatMap(({ customerId }) => customerId || []));
  if (row.customerCount !== undefined) expect(row.customerCount).toBe(customers.size);
}

test("R110 whatever is asked, the orders behind a figure add up to it, and the figures to the total", {
  timeout: 120_000,
}, async () => {
  const all = await company();
  for (const state of fc.sample(anyOrder(all), { numRuns: 150, seed: 3 }))
    await rig.tell(all.tenantId, "order", state);
  await rig.settled();
  const DIMENSIONS = Object.values(By).filter((value) => value > 0) as By[];
  const questions = fc.sample(
    fc.record({
      groupBy: fc.shuffledSubarray(DIMENSIONS, { maxLength: 3 }),
      start: fc.constantFrom(none, "2026-02-01"),
      end: fc.constantFrom(none, "2026-03-01"),
      customerId: fc.constantFrom("", "", all.acme),
      countCustomers: fc.boolean(),
    }),
    { numRuns: 30, seed: 5 },
  );
  let seen = 0;
  for (const { start, end, ...rest } of questions) {
    const period = { startDate: start && dateOf(start), endDate: end && dateOf(end) };
    const { rows } = await figures(all.user, { ...rest, ...period });
    const whole = await figures(all.user, { ...period, customerId: rest.customerId });
    expect(total(rows), JSON.stringify(rest)).toEqual(total(whole.rows));
    for (const row of rows.slice(0, 15)) {
      if (rest.groupBy.includes(By.PRODUCT)) expect(row.rowsFilter).toBe("");
      else behind(row, await listed(all.user, row.rowsFilter));
    }
    seen += rows.length;
  }
  expect(seen).toBeGreaterThan(150);
});

test("orders are listed page by page in each order, and too many rows are refused", async () => {
  const all = await company();
  for (const state of fc.sample(anyOrder(all), { numRuns: 90, seed: 9 }))
    await rig.tell(all.tenantId, "order", state);
  await rig.settled();
  for (const orderBy of ["", "order_date desc", "net_amount", "order_number"]) {
    const rows = await listed(all.user, "", orderBy);
    expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(90);
    const keys = rows.map((row) =>
      orderBy.startsWith("order_date") ? dayOf(row.orderDate!) : row.orderNumber,
    );
    if (orderBy === "order_number") expect(keys).toEqual(keys.toSorted());
    if (orderBy === "order_date desc") expect(keys).toEqual(keys.toSorted().reverse());
  }
  expect(
    await listed(all.user, 'status == "CANCELLED" && order_month == "2026-02" && net_amount > 0'),
  ).not.toHaveLength(0);

  await service.admin.query(
    `insert into customer_days select $1, gen_random_uuid(), '2026-01-01', 'CNY', 1, 1, 0, 0, 0, 0, 0, 0, 0
     from generate_series(1, 10001)`,
    [all.tenantId],
  );
  await expect(figures(all.user, { groupBy: [By.CUSTOMER] })).rejects.toMatchObject({
    reason: "TOO_MANY_ROWS",
  });
  const someone = await service.user({ grants: [{ resource: "customer", action: "read" }] });
  await expect(figures(someone)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await listed(await service.user(), `customer_id == "${randomUUID()}"`)).toEqual([]);
});
