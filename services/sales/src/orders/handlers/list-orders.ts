import type { ListOrdersRequest, ListOrdersResponse } from "@guanxi/contract/guanxi/sales/v1/order_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { orderFields, orders } from "../orders.ts";
import { presentHead } from "../present.ts";

export const listOrders = query<ListOrdersRequest, ListOrdersResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, orders, {
    request,
    catalogue: orderFields,
    orders: ["create_time", "order_date", "order_number", "net_amount"],
  });
  return { orders: items.map(presentHead), nextPageToken };
});
