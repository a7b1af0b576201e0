import { Order, Order_Kind } from "@guanxi/contract/guanxi/sales/v1/order";
import fc from "fast-check";
import { expect, test } from "vitest";
import { moneyOf } from "@guanxi/kit/micros";
import { change, draft, move, nextOf } from "./order.ts";
import type { LineProduct, OrderSetting, OrderState, OrderStatus } from "./order-state.ts";
import { present } from "./present.ts";

const ID = "01970000-0000-7000-8000-000000000001";
const PRODUCT = "01970000-0000-7000-8000-000000000002";
const now = new Date("2026-03-01T20:00:00Z");
const product: LineProduct = {
  productCode: "GTX",
  displayName: "GTX Pro",
  currencyCode: "USD",
  listPrice: 4_821_000_000n,
  unitCost: 3_000_000_000n,
};
const setting: OrderSetting = {
  now,
  today: "2026-03-02",
  currencyCode: "CNY",
  dayOf: (time) => new Date(time.getTime() + 8 * 3600_000).toISOString().slice(0, 10),
  products: new Map([[PRODUCT, product]]),
  userId: "lin",
};
const cny = (amount: number) => moneyOf(BigInt(Math.round(amount * 1e6)), "CNY");
const sent = (order: object, line: object = {}) =>
  Order.fromPartial({ lines: [{ quantity: "2", listPrice: cny(2.55), ...line }], ...order });
const drafted = (order: object = {}, line: object = {}): OrderState => draft(sent(order, line), ID, setting);
const refusalOf = (work: () => unknown): { reason?: string; violations?: { field: string }[] } => {
  try {
    work();
  } catch (error) {
    return error as object;
  }
  throw new Error("it was not refused");
};

test("an order is a draft of today, by whoever wrote it down", () => {
  expect(drafted()).toMatchObject({
    status: "DRAFT",
    kind: "SALE",
    currencyCode: "CNY",
    orderDate: "2026-03-02",
    ownerId: "lin",
    netMicros: 5_100_000n,
    linesWithoutCost: 1,
  });
});

test("a line takes code, name, price, cost and currency of its product", () => {
  const order = drafted({}, { productId: PRODUCT, listPrice: undefined });
  expect(order.currencyCode).toBe("USD");
  expect(present(order)).toMatchObject({
    lines: [{ productCode: "GTX", description: "GTX Pro", lineNumber: 1 }],
    netAmount: { units: 9642n, currencyCode: "USD" },
    costAmount: { units: 6000n },
    marginAmount: { units: 3642n },
  });
});

test("the cost of a product in another currency is not known in this one", () => {
  expect(drafted({}, { productId: PRODUCT })).toMatchObject({ currencyCode: "CNY", linesWithoutCost: 1 });
});

test("one order has one currency", () => {
  const mixed = [
    () => drafted({ currencyCode: "EUR" }),
    () => drafted({}, { discount: moneyOf(1n, "USD") }),
    () => drafted({}, { unitCost: moneyOf(1n, "USD") }),
    () => drafted({ currencyCode: "CNY" }, { productId: PRODUCT, listPrice: undefined }),
  ];
  for (const order of mixed) expect(refusalOf(order).reason).toBe("CURRENCY_MIXED");
});

test("R110 what is wrong with a line is said of that line", () => {
  const wrong: [object, string][] = [
    [{ quantity: "-1" }, "quantity"],
    [{ listPrice: cny(-1) }, "list_price"],
    [{ listPrice: undefined }, "list_price"],
    [{ listPrice: { currencyCode: "CNY", units: 1n, nanos: 1 } }, "list_price"],
    [{ unitCost: cny(-1) }, "unit_cost"],
    [{ discount: cny(-0.01) }, "discount"],
    [{ discount: cny(5.11) }, "discount"],
    [{ quantity: "999999999", listPrice: cny(999_999) }, "quantity"],
  ];
  for (const [line, field] of wrong)
    expect(refusalOf(() => drafted({}, line)).violations, field).toMatchObject([
      { field: `order.lines[0].${field}` },
    ]);
  expect(refusalOf(() => drafted({}, { productId: ID })).reason).toBe("UNKNOWN_PRODUCT");
});

test("on a return quantities are below zero, and so are the sums", () => {
  const kind = Order_Kind.RETURN;
  expect(drafted({ kind }, { quantity: "-2", unitCost: cny(1) })).toMatchObject({
    netMicros: -5_100_000n,
    marginMicros: -3_100_000n,
  });
  expect(refusalOf(() => drafted({ kind })).violations).toMatchObject([{ field: "order.lines[0].quantity" }]);
});

test("the day is that of the moment in the tenant's time zone", () => {
  expect(drafted({ orderTime: new Date("2026-01-31T17:00:00Z") }).orderDate).toBe("2026-02-01");
  const orderDate = { year: 2026, month: 1, day: 31 };
  expect(drafted({ orderDate }).orderDate).toBe("2026-01-31");
  const both = { orderDate, orderTime: new Date("2026-01-31T17:00:00Z") };
  expect(refusalOf(() => drafted(both)).violations).toMatchObject([{ field: "order.order_date" }]);
  expect(refusalOf(() => drafted({ orderDate: { ...orderDate, day: 32 } })).violations).toHaveLength(1);
});

test("a draft may change, what is confirmed may not", () => {
  const order = { ...drafted({ orderNumber: "A-1" }), version: 1 };
  const after = change(order, sent({ orderNumber: "" }, { quantity: "3" }), setting);
  expect(after).toMatchObject({ orderNumber: "A-1", netMicros: 7_650_000n, version: 1 });
  const confirmed = move(after, "CONFIRMED", now);
  expect(refusalOf(() => change(confirmed, sent({}), setting)).reason).toBe("ORDER_NOT_DRAFT");
});

test("R003 an order goes its way, and no other", () => {
  const statuses: OrderStatus[] = ["DRAFT", "CONFIRMED", "FULFILLING", "FULFILLED", "CANCELLED", "RETURNED"];
  const walk = fc.array(fc.constantFrom(...statuses), { maxLength: 12 });
  fc.assert(
    fc.property(walk, fc.constantFrom(Order_Kind.SALE, Order_Kind.RETURN), (steps, kind) => {
      let order = drafted({ kind }, kind === Order_Kind.RETURN ? { quantity: "-1" } : {});
      for (const step of steps) {
        const possible = nextOf(order);
        if (step === order.status) expect(move(order, step, now)).toBe(order);
        else if (possible.includes(step)) order = move(order, step, now, "why");
        else expect(refusalOf(() => move(order, step, now)).reason).toBe("ILLEGAL_MOVE");
      }
      expect(order.cancelReason).toBe(order.status === "CANCELLED" ? "why" : "");
      if (order.status === "CANCELLED" || order.status === "RETURNED") expect(nextOf(order)).toEqual([]);
    }),
  );
  expect(nextOf({ kind: "SALE", status: "FULFILLED" })).toEqual(["RETURNED"]);
  expect(nextOf({ kind: "RETURN", status: "FULFILLED" })).toEqual([]);
});
