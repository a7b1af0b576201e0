// What an order refers to: all of it is asked in one turn.
import type { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import { requireCustomer } from "@guanxi/directory/require-customer";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { actingUser, requireUser } from "@guanxi/kit/users";
import { opportunities } from "../opportunities/opportunities.ts";
import { products } from "../products/products.ts";
import type { OrderSetting } from "./order-state.ts";

/** Refuses whom and what nobody knows here; an unknown product is for the rules, which say in which line it stands. */
export async function settingOf(at: At, sent: Order, before?: Order): Promise<OrderSetting> {
  const { now, today, timeZone, currencyCode } = at;
  const productIds = new Set(sent.lines.map(({ productId }) => productId.toLowerCase()));
  const [known] = await Promise.all([
    find(
      at,
      products,
      [...productIds].filter((id) => id !== ""),
    ),
    requireCustomer(at, sent.customerId, "order.customer_id"),
    requireOpportunity(at, sent.opportunityId),
    requireUser(at, sent.ownerId === before?.ownerId ? "" : sent.ownerId, "order.owner_id"),
  ]);
  return {
    now,
    today,
    currencyCode,
    dayOf: dayIn(timeZone),
    products: new Map(known.map((product) => [product.productId, product])),
    userId: actingUser(at),
  };
}

async function requireOpportunity(at: At, opportunityId: string): Promise<void> {
  if (opportunityId === "") return;
  if ((await find(at, opportunities, [opportunityId.toLowerCase()])).length > 0) return;
  throw refuse("invalid", "UNKNOWN_OPPORTUNITY", `There is no opportunity ${opportunityId} here.`, [
    { field: "order.opportunity_id", description: "is no opportunity here", reason: "UNKNOWN_OPPORTUNITY" },
  ]);
}
