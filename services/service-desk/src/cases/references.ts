// What a case refers to in other services. Only what is new is looked at: what is gone elsewhere does no harm.
import { requireCustomer } from "@guanxi/directory/require-customer";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { orders } from "../projections/orders.ts";
import { products } from "../projections/products.ts";

interface Referring {
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly productId: string | null;
}

const NONE: Referring = { customerId: null, orderId: null, productId: null };

export async function requireReferences(at: At, it: Referring, before = NONE): Promise<void> {
  const { customerId, orderId, productId } = it;
  await Promise.all([
    requireCustomer(at, customerId === before.customerId ? "" : (customerId ?? ""), "case.customer_id"),
    orderId === before.orderId && customerId === before.customerId ? undefined : requireOrder(at, it),
    productId === before.productId ? undefined : requireProduct(at, productId),
  ]);
}

async function requireOrder(at: At, { customerId, orderId }: Referring): Promise<void> {
  if (orderId === null) return;
  const [order] = await find(at, orders, [orderId]);
  if (!order) throw unknown("order", orderId);
  const { customerId: buyer, orderNumber } = order;
  if (buyer === null || customerId === null || buyer === customerId) return;
  throw refuse("invalid", "ORDER_OF_ANOTHER", `Order ${orderNumber} is another customer's.`, [
    { field: "case.order_id", description: "is another customer's order", reason: "ORDER_OF_ANOTHER" },
  ]);
}

async function requireProduct(at: At, productId: string | null): Promise<void> {
  if (productId === null || (await find(at, products, [productId])).length > 0) return;
  throw unknown("product", productId);
}

function unknown(what: "order" | "product", id: string) {
  const reason = `UNKNOWN_${what.toUpperCase()}`;
  return refuse("invalid", reason, `There is no ${what} ${id} here.`, [
    { field: `case.${what}_id`, description: `is no ${what} here`, reason },
  ]);
}
