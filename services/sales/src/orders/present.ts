import { Order_Kind, Order_Status, type Order, type OrderLine } from "@guanxi/contract/guanxi/sales/v1/order";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { dateOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { amountsOf, type StoredLine } from "./order-lines.ts";
import type { OrderState } from "./order-state.ts";

/** The whole public state, as events carry it. */
export const present = (order: OrderState): Order => ({
  ...presentHead(order),
  lines: order.lines.map((line, index) => presentLine(line, index + 1, order.currencyCode)),
});

/** Without its lines, as lists show it. */
export function presentHead(order: OrderState): Order {
  const money = (micros: bigint) => moneyOf(micros, order.currencyCode);
  return {
    orderId: order.orderId,
    orderNumber: order.orderNumber,
    customerId: order.customerId ?? "",
    ownerId: order.ownerId ?? "",
    opportunityId: order.opportunityId ?? "",
    kind: numberOf(Order_Kind, order.kind),
    status: numberOf(Order_Status, order.status),
    currencyCode: order.currencyCode,
    orderDate: dateOf(order.orderDate),
    orderTime: order.orderTime ?? undefined,
    lines: [],
    listAmount: money(order.listMicros),
    discountAmount: money(order.discountMicros),
    netAmount: money(order.netMicros),
    costAmount: money(order.costMicros),
    marginAmount: money(order.marginMicros),
    linesWithoutCost: order.linesWithoutCost,
    regionCode: order.regionCode ?? "",
    regionName: order.regionName,
    cancelReason: order.cancelReason,
    externalIds: [...order.externalIds],
    createTime: order.createTime,
    updateTime: order.updateTime,
    etag: etagOf(order),
  };
}

function presentLine(line: StoredLine, lineNumber: number, currencyCode: string): OrderLine {
  const money = (micros: bigint | string | null) =>
    micros === null ? undefined : moneyOf(BigInt(micros), currencyCode);
  const { net, cost } = amountsOf(line);
  return {
    lineNumber,
    productId: line.productId ?? "",
    productCode: line.productCode,
    description: line.description,
    quantity: line.quantity,
    listPrice: money(line.listPrice),
    discount: line.discount === "0" ? undefined : money(line.discount),
    unitCost: money(line.unitCost),
    netAmount: money(net),
    costAmount: money(cost),
  };
}
