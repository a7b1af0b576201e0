import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderDrafted } from "@guanxi/contract/guanxi/sales/v1/order_events";
import type { CreateOrderRequest } from "@guanxi/contract/guanxi/sales/v1/order_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { draft } from "../order.ts";
import { withNumber } from "../order-numbers.ts";
import { orders } from "../orders.ts";
import { present } from "../present.ts";
import { settingOf } from "../references.ts";

export const createOrder = command<CreateOrderRequest, Order>(async (request, at) => {
  const sent = Order.fromPartial(request.order ?? {});
  const order = draft(sent, at.newId(), await settingOf(at, sent));
  return present(record(at, orders, await withNumber(at, order), OrderDrafted));
});
