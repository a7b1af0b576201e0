import { isDeepStrictEqual } from "node:util";
import { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { OrderChanged } from "@guanxi/contract/guanxi/sales/v1/order_events";
import type { UpdateOrderRequest } from "@guanxi/contract/guanxi/sales/v1/order_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../order.ts";
import { withNumber } from "../order-numbers.ts";
import { orders } from "../orders.ts";
import { present } from "../present.ts";
import { settingOf } from "../references.ts";

export const updateOrder = command<UpdateOrderRequest, Order>(async (request, at) => {
  const { order: sent, etag, updateMask } = request;
  const before = await lock(at, orders, sent?.orderId ?? "");
  requireEtag(before, etag);
  const was = present(before);
  const merged = at.check(Order, merge(Order, was, sent, updateMask), "order");
  const after = change(before, merged, await settingOf(at, merged, was));
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return was;
  return present(record(at, orders, await withNumber(at, after), OrderChanged));
});
