import type { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import type { GetOrderRequest } from "@guanxi/contract/guanxi/sales/v1/order_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { orders } from "../orders.ts";
import { present } from "../present.ts";

export const getOrder = query<GetOrderRequest, Order>(async ({ orderId }, at) =>
  present(await get(at, orders, orderId)),
);
