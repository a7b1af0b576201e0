import type {
  ListOrderFactsRequest,
  ListOrderFactsResponse,
  OrderFact as Listed,
} from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { dateOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import type { OrderFact } from "../order-fact.ts";
import { orderFacts } from "../order-facts.ts";
import { orderFields } from "../order-fields.ts";

export const listOrderFacts = query<ListOrderFactsRequest, ListOrderFactsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, orderFacts, {
    request,
    catalogue: orderFields,
    orders: ["order_id", "order_date", "net_amount", "order_number"],
  });
  return { orderFacts: items.map(present), nextPageToken };
});

const present = (fact: OrderFact): Listed => ({
  orderId: fact.orderId,
  orderNumber: fact.orderNumber,
  customerId: fact.customerId ?? "",
  ownerId: fact.ownerId ?? "",
  kind: numberOf(Order_Kind, fact.kind || null),
  status: numberOf(Order_Status, fact.status || null),
  orderDate: dateOf(fact.orderDate),
  netAmount: moneyOf(fact.netMicros, fact.currencyCode),
  marginAmount: moneyOf(fact.marginMicros, fact.currencyCode),
  lineCount: fact.lineCount,
  region: fact.region,
});
