import { Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { expect, test } from "vitest";
import { addProduct, day, open, yuan } from "./calls.ts";
import {
  cancel,
  confirm,
  createOrder,
  fulfil,
  getOrder,
  giveBack,
  listOrders,
  startFulfilment,
  updateOrder,
} from "./order-calls.ts";
import { salesService } from "./service.ts";

const service = salesService();
const NOBODY = "01970000-0000-7000-8000-000000000001";

test("R003 R110 an order has its lines, its sums, a number and one event for each step", async () => {
  const lin = await service.user();
  const order = await createOrder(lin, {
    lines: [
      { productCode: "85123A", quantity: "6", listPrice: yuan(2, 550_000_000), unitCost: yuan(1) },
      { quantity: "0.5", listPrice: yuan(0, 1000), discount: yuan(0) },
    ],
  });
  expect(order).toMatchObject({
    orderNumber: "O-000001",
    status: Status.DRAFT,
    kind: Kind.SALE,
    currencyCode: "CNY",
    ownerId: lin.userId,
    listAmount: yuan(15, 300_001_000),
    netAmount: yuan(15, 300_001_000),
    costAmount: yuan(6),
    marginAmount: yuan(9, 300_000_000),
    linesWithoutCost: 1,
    lines: [
      { lineNumber: 1, netAmount: yuan(15, 300_000_000) },
      { lineNumber: 2, netAmount: yuan(0, 1000) },
    ],
    etag: "1",
  });
  expect(await getOrder(lin, order.orderId)).toEqual(order);
  await confirm(lin, order.orderId, "1");
  expect(await confirm(lin, order.orderId)).toMatchObject({ etag: "2" });
  await startFulfilment(lin, order.orderId);
  expect(await fulfil(lin, order.orderId)).toMatchObject({ status: Status.FULFILLED });
  await expect(cancel(lin, order.orderId)).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  await giveBack(lin, order.orderId);
  const events = await service.events(lin.tenantId);
  expect(events.map(({ type }) => type)).toEqual([
    "OrderDrafted",
    "OrderConfirmed",
    "OrderFulfilmentStarted",
    "OrderFulfilled",
    "OrderReturned",
  ]);
  expect(events[0]!.state).toMatchObject({ netAmount: { units: "15", nanos: 300001000 } });
  expect(events[4]!.message).toMatchObject({ reason: "broken" });
});

test("R110 a list shows orders without their lines, page by page, by any of its orders", async () => {
  const lin = await service.user();
  const prices = [3, 1, 2, 2, 5];
  for (const price of prices) await createOrder(lin, { lines: [{ quantity: "1", listPrice: yuan(price) }] });
  for (const orderBy of ["", "order_date desc", "order_number", "net_amount desc"]) {
    const met: string[] = [];
    let pageToken = "";
    do {
      const page = await listOrders(lin, { pageSize: 2, pageToken, orderBy });
      for (const order of page.orders) expect(order.lines).toEqual([]);
      met.push(...page.orders.map(({ orderNumber }) => orderNumber));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(met.toSorted(), orderBy).toEqual([1, 2, 3, 4, 5].map((count) => `O-00000${count}`));
  }
  const dear = await listOrders(lin, { filter: "net_amount >= 2.5", orderBy: "net_amount" });
  expect(dear.orders.map(({ netAmount }) => netAmount!.units)).toEqual([3n, 5n]);
  const mine = await listOrders(lin, { filter: `owner_id == "${lin.userId}" && kind == "SALE"` });
  expect(mine.orders).toHaveLength(5);
  expect((await listOrders(lin, { filter: `has(customer_id)` })).orders).toEqual([]);
});

test("under load each order gets a number of its own, and twins of one request are one order", async () => {
  const lin = await service.user();
  const chosen = await createOrder(lin, { orderNumber: "O-000007" });
  const all = await Promise.all(Array.from({ length: 40 }, () => createOrder(lin)));
  const numbers = new Set(all.map(({ orderNumber }) => orderNumber));
  expect(numbers.size).toBe(40);
  expect(numbers.has(chosen.orderNumber)).toBe(false);
  const twins = await Promise.all(Array.from({ length: 20 }, () => createOrder(lin, {}, "request 1")));
  expect(new Set(twins.map(({ orderId }) => orderId)).size).toBe(1);
  await expect(createOrder(lin, { orderNumber: "O-000007" })).rejects.toMatchObject({
    code: "ALREADY_EXISTS",
    reason: "ORDER_EXISTS",
  });
  const externalIds = [{ system: "erp", id: "4711" }];
  await createOrder(lin, { externalIds });
  await expect(createOrder(lin, { externalIds })).rejects.toMatchObject({ reason: "ORDER_EXISTS" });
});

test("what an order refers to has to be there", async () => {
  const lin = await service.user();
  for (const [order, reason] of [
    [{ customerId: NOBODY }, "UNKNOWN_CUSTOMER"],
    [{ opportunityId: NOBODY }, "UNKNOWN_OPPORTUNITY"],
    [{ ownerId: NOBODY }, "UNKNOWN_OWNER"],
    [{ lines: [{ quantity: "1", productId: NOBODY, listPrice: yuan(1) }] }, "UNKNOWN_PRODUCT"],
    [{ currencyCode: "EUR" }, "CURRENCY_MIXED"],
  ] as const) {
    await expect(createOrder(lin, order), reason).rejects.toMatchObject({ code: "INVALID_ARGUMENT", reason });
  }
  const { productId } = await addProduct(lin, { unitCost: yuan(3000) });
  const { opportunityId } = await open(lin);
  const order = await createOrder(lin, { opportunityId, lines: [{ productId, quantity: "2" }] });
  expect(order).toMatchObject({
    opportunityId,
    netAmount: yuan(9642),
    marginAmount: yuan(3642),
    lines: [{ productCode: "GTX-PRO", description: "GTX Pro" }],
  });
  expect(await service.events(lin.tenantId)).toHaveLength(4); // product, pipeline, opportunity, order
});

test("only a draft can be changed, by its etag, and prices stay as they were given", async () => {
  const lin = await service.user();
  const order = await createOrder(lin, { orderDate: day("2026-01-31") });
  const changed = await updateOrder(lin, order, {
    lines: [...order.lines, { quantity: "1", listPrice: yuan(1) }],
  });
  expect(changed).toMatchObject({
    netAmount: yuan(16, 300_000_000),
    orderDate: day("2026-01-31"),
    etag: "2",
  });
  expect(await updateOrder(lin, changed, { lines: changed.lines })).toEqual(changed);
  await expect(updateOrder(lin, order, { regionCode: "CN" })).rejects.toMatchObject({
    reason: "ETAG_MISMATCH",
  });
  await expect(updateOrder(lin, changed, { kind: Kind.RETURN }, ["kind"])).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  await expect(updateOrder(lin, changed, {}, ["lines"])).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  const confirmed = await confirm(lin, order.orderId);
  await expect(updateOrder(lin, confirmed, { regionCode: "CN" })).rejects.toMatchObject({
    reason: "ORDER_NOT_DRAFT",
  });
  expect(await cancel(lin, order.orderId)).toMatchObject({ cancelReason: "changed their mind" });
});

test("R010 without the right there is no order, and another company's is not there", async () => {
  const [lin, other] = [await service.user(), await service.user()];
  const reader = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "order", action: "read" }],
  });
  const { orderId } = await createOrder(lin);
  expect(await getOrder(reader, orderId)).toMatchObject({ orderId });
  await expect(confirm(reader, orderId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(getOrder(other, orderId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(confirm(other, orderId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await listOrders(other)).orders).toEqual([]);
});
