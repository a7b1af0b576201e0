import type { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderFulfilled } from "@guanxi/contract/guanxi/sales/v1/order_events";
import type { FulfilOrderRequest } from "@guanxi/contract/guanxi/sales/v1/order_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { move } from "../order.ts";
import { orders } from "../orders.ts";
import { present } from "../present.ts";

export const fulfilOrder = command<FulfilOrderRequest, Order>(async (request, at) => {
  const before = await lock(at, orders, request.orderId);
  matchEtag(before, request.etag);
  const after = move(before, "FULFILLED", at.now);
  if (after === before) return present(before);
  return present(record(at, orders, after, OrderFulfilled));
});
