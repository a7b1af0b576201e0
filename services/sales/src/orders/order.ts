// What an order is and how it may change.
import { type Order, Order_Kind } from "@guanxi/contract/guanxi/sales/v1/order";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { isCurrency } from "../amounts.ts";
import { dayViolations } from "../dates.ts";
import { externalIdViolations } from "../external-ids.ts";
import { tooLarge } from "../money.ts";
import { isTotalTooLarge, totalsOf } from "./order-lines.ts";
import type { OrderKind, OrderSetting, OrderState, OrderStatus } from "./order-state.ts";
import { currencyOf, MIXED, readLines } from "./sent-lines.ts";

/** The number is given out where none was sent: then it is empty here. */
export function draft(sent: Order, orderId: string, setting: OrderSetting): OrderState {
  const fixed = { kind: nameOf(Order_Kind, sent.kind) ?? "SALE", currencyCode: currencyOf(sent, setting) };
  return {
    orderId,
    ...fixed,
    status: "DRAFT",
    ...particulars(sent, fixed, setting),
    ownerId: sent.ownerId.toLowerCase() || setting.userId || null,
    cancelReason: "",
    createTime: setting.now,
    updateTime: setting.now,
    version: 0,
  };
}

/** Kind and currency never change; the number is kept where it is cleared. */
export function change(order: OrderState, sent: Order, setting: OrderSetting): OrderState {
  if (order.status !== "DRAFT") {
    throw refuse(
      "precondition",
      "ORDER_NOT_DRAFT",
      "Only a draft can be changed: cancel it, or take it back.",
    );
  }
  const after = particulars(sent, order, setting);
  return { ...order, ...after, orderNumber: after.orderNumber || order.orderNumber, updateTime: setting.now };
}

interface Fixed {
  readonly kind: OrderKind;
  readonly currencyCode: string;
}

/** What Create and Update have in common. */
function particulars(sent: Order, { kind, currencyCode }: Fixed, setting: OrderSetting) {
  const { lines, violations } = readLines(sent.lines, { kind, currencyCode, products: setting.products });
  const totals = totalsOf(lines);
  const all = [
    ...violations,
    ...currencyViolations(currencyCode),
    ...(isTotalTooLarge(totals) && violations.length === 0
      ? [{ field: "order.lines", description: `the sum ${tooLarge}` }]
      : []),
    ...dateViolations(sent, setting),
    ...externalIdViolations("order.external_ids", sent.externalIds),
  ];
  if (all.length > 0) throw invalid(all);
  return {
    orderNumber: sent.orderNumber,
    customerId: sent.customerId.toLowerCase() || null,
    ownerId: sent.ownerId.toLowerCase() || null,
    opportunityId: sent.opportunityId.toLowerCase() || null,
    orderDate: dateOf(sent, setting),
    orderTime: sent.orderTime ?? null,
    lines,
    ...totals,
    regionCode: sent.regionCode || null,
    regionName: sent.regionName,
    externalIds: sent.externalIds,
  };
}

function dateOf({ orderDate, orderTime }: Order, { today, dayOf: dayAt }: OrderSetting): string {
  if (orderDate) return dayOf(orderDate);
  return orderTime ? dayAt(orderTime) : today;
}

function dateViolations(sent: Order, setting: OrderSetting): Violation[] {
  const { orderDate, orderTime } = sent;
  const violations = dayViolations("order.order_date", orderDate);
  if (violations.length > 0 || !orderTime || dateOf(sent, setting) === setting.dayOf(orderTime)) {
    return violations;
  }
  return [
    { field: "order.order_date", description: `must be the day of order_time, ${setting.dayOf(orderTime)}` },
  ];
}

/** It may have come from a line's price, of which the contract asks no form. */
const currencyViolations = (currencyCode: string): Violation[] =>
  isCurrency(currencyCode)
    ? []
    : [
        {
          field: "order.currency_code",
          description: "must be a currency of ISO 4217, as in CNY",
          reason: "UNKNOWN_CURRENCY",
        },
      ];

/** A single reason that callers act upon is the reason of the whole. */
function invalid(violations: readonly Violation[]) {
  const [first] = violations;
  const known = violations.every(({ reason }) => reason === first?.reason) && NAMED[first?.reason ?? ""];
  const message = known || "The request does not keep the rules.";
  return refuse("invalid", known ? first!.reason! : "INVALID_REQUEST", message, violations);
}

const NAMED: Readonly<Record<string, string>> = {
  UNKNOWN_PRODUCT: "Name products that exist, or leave product_id out.",
  [MIXED]: "An order has one currency: give all its amounts in it.",
};

/** From where one may come to a status, by the way the goods go. */
const BEFORE: Readonly<Record<OrderKind, Readonly<Partial<Record<OrderStatus, readonly OrderStatus[]>>>>> = {
  SALE: {
    CONFIRMED: ["DRAFT"],
    FULFILLING: ["CONFIRMED"],
    FULFILLED: ["CONFIRMED", "FULFILLING"],
    CANCELLED: ["DRAFT", "CONFIRMED", "FULFILLING"],
    RETURNED: ["FULFILLED"],
  },
  RETURN: {
    CONFIRMED: ["DRAFT"],
    FULFILLING: ["CONFIRMED"],
    FULFILLED: ["CONFIRMED", "FULFILLING"],
    CANCELLED: ["DRAFT", "CONFIRMED", "FULFILLING"],
  },
};

/** To where one may go from here. */
export const nextOf = ({ kind, status }: Pick<OrderState, "kind" | "status">): OrderStatus[] =>
  (Object.keys(BEFORE[kind]) as OrderStatus[]).filter((next) => BEFORE[kind][next]!.includes(status));

/** The same order where it is there already. */
export function move(order: OrderState, status: OrderStatus, now: Date, reason = ""): OrderState {
  if (order.status === status) return order;
  const possible = nextOf(order);
  if (!possible.includes(status)) {
    const ways = possible.length > 0 ? `it may become ${possible.join(" or ")}` : "that is final";
    throw refuse("precondition", "ILLEGAL_MOVE", `The order is ${order.status}: ${ways}, not ${status}.`);
  }
  return { ...order, status, ...(status === "CANCELLED" && { cancelReason: reason }), updateTime: now };
}
