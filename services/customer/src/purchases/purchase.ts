// What is kept of an order that counts as sold.
import {
  type Order,
  Order_Kind as Kind,
  Order_Status as Status,
} from "@guanxi/contract/guanxi/sales/v1/order";
import type { Money } from "@guanxi/contract/google/type/money";
import { dayOf } from "@guanxi/kit/days";
import { microsOf, microsOfDecimal } from "@guanxi/kit/micros";

export interface PurchaseState {
  readonly orderId: string;
  readonly customerId: string;
  readonly orderNumber: string;
  readonly creditNote: boolean;
  readonly currencyCode: string;
  readonly orderDate: string;
  readonly orderTime: Date | null;
  readonly netMicros: bigint;
  readonly costMicros: bigint;
  readonly marginMicros: bigint;
  readonly linesWithoutCost: number;
  readonly products: readonly PurchasedProductState[];
  readonly version: number;
}

/** The lines of one product together. Numbers are text in millionths, since jsonb would round them. */
export interface PurchasedProductState {
  /** The product's id, or its code where sales does not have it, or what stands on paper. */
  readonly key: string;
  readonly productId: string;
  readonly productCode: string;
  readonly description: string;
  readonly quantity: string;
  readonly net: string;
}

const SOLD: readonly number[] = [Status.CONFIRMED, Status.FULFILLING, Status.FULFILLED];

/** Undefined for an order that does not count as sold, or that nobody known has bought. */
export function purchaseOf(order: Order, version: number): PurchaseState | undefined {
  const { orderId, customerId, orderNumber, currencyCode, orderDate, linesWithoutCost } = order;
  if (customerId === "" || !SOLD.includes(order.status)) return undefined;
  if (!orderDate) throw new Error(`the order ${orderId} has no day`);
  return {
    orderId,
    customerId,
    orderNumber,
    creditNote: order.kind === Kind.RETURN,
    currencyCode,
    orderDate: dayOf(orderDate),
    orderTime: order.orderTime ?? null,
    netMicros: amountOf(order.netAmount),
    costMicros: amountOf(order.costAmount),
    marginMicros: amountOf(order.marginAmount),
    linesWithoutCost,
    products: productsOf(order),
    version,
  };
}

const amountOf = (money: Money | undefined) => (money ? microsOf(money) : 0n);

/** Those with the highest net amount first. */
function productsOf({ lines }: Order): PurchasedProductState[] {
  const sums = new Map<string, { quantity: bigint; net: bigint }>();
  const last = new Map(lines.map((line) => [keyOf(line), line]));
  for (const line of lines) {
    const { quantity, net } = sums.get(keyOf(line)) ?? { quantity: 0n, net: 0n };
    sums.set(keyOf(line), {
      quantity: quantity + microsOfDecimal(line.quantity),
      net: net + amountOf(line.netAmount),
    });
  }
  return [...sums]
    .sort(([a, one], [b, other]) => (one.net === other.net ? (a < b ? -1 : 1) : one.net > other.net ? -1 : 1))
    .map(([key, { quantity, net }]) => {
      const { productId, productCode, description } = last.get(key)!;
      return { key, productId, productCode, description, quantity: String(quantity), net: String(net) };
    });
}

const keyOf = ({ productId, productCode, description }: Order["lines"][number]) =>
  productId || (productCode ? `code ${productCode}` : `text ${description}`);
