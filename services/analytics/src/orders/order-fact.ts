// What is counted of an order, and how a change of it changes what was sold on a day.
import { type Order, Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { State } from "@guanxi/kit/columns";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { dayOf } from "@guanxi/kit/days";
import { isNothing, NOTHING, plus, type Sums, sumsOfLine } from "./sums.ts";

type Kind = NameOf<typeof Order_Kind>;
type Status = NameOf<typeof Order_Status>;

export interface OrderFact extends State, Omit<Sums, "orderCount"> {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  readonly kind: Kind | "";
  readonly status: Status | "";
  readonly currencyCode: string;
  readonly orderDate: string;
  /** As 2026-01. */
  readonly orderMonth: string;
  /** Empty where it is not known. */
  readonly region: string;
  readonly products: readonly ProductSums[];
}

/** One of our range has an id, all others a code. Sums are texts here, since JSON has no number of that size. */
type ProductSums = { readonly productId: string; readonly productCode: string } & {
  readonly [Key in keyof Omit<Sums, "orderCount">]: Sums[Key] extends bigint ? string : number;
};

const SOLD: ReadonlySet<string> = new Set<Status>(["CONFIRMED", "FULFILLING", "FULFILLED"]);
export const soldStatuses = [...SOLD];

export function orderFactOf(order: Order, version: number): OrderFact {
  const { orderId, orderNumber, currencyCode, orderDate, lines } = order;
  if (!orderDate) throw new Error(`the order ${orderId} has no day`);
  const day = dayOf(orderDate);
  const { orderCount: _, ...sums } = lines.map(sumsOfLine).reduce((a, b) => plus(a, b), NOTHING);
  return {
    orderId,
    orderNumber,
    customerId: order.customerId || null,
    ownerId: order.ownerId || null,
    kind: nameOf(Order_Kind, order.kind) ?? "",
    status: nameOf(Order_Status, order.status) ?? "",
    currencyCode,
    orderDate: day,
    orderMonth: day.slice(0, 7),
    region: order.regionCode || order.regionName,
    ...sums,
    products: productsOf(order),
    version,
  };
}

function productsOf({ lines }: Order): ProductSums[] {
  const groups = Map.groupBy(lines, ({ productId, productCode }) => productId || `code ${productCode}`);
  return [...groups.values()].map((all) => {
    const { productId, productCode } = all[0]!;
    const { orderCount: _, ...sums } = all.map(sumsOfLine).reduce((a, b) => plus(a, b), NOTHING);
    const texts = Object.entries(sums).map(([key, value]) => [
      key,
      typeof value === "bigint" ? String(value) : value,
    ]);
    return {
      productId,
      productCode: productId ? "" : productCode,
      ...Object.fromEntries(texts),
    } as ProductSums;
  });
}

/** What was sold on a day, by what it is told apart by in one of the daily tables. */
export type Bucket = Readonly<Record<string, unknown>> & Sums;

export interface Differences {
  readonly customers: readonly Bucket[];
  readonly sales: readonly Bucket[];
  readonly products: readonly Bucket[];
}

/** Orders leave their old buckets and enter their new ones; those that do not count as sold are in none. */
export function differences(before: readonly OrderFact[], after: readonly OrderFact[]): Differences {
  const [customers, sales, products] = [summing(), summing(), summing()];
  const add = (fact: OrderFact, sign: 1 | -1) => {
    if (!SOLD.has(fact.status)) return;
    const { orderDate: day, currencyCode, customerId, region, kind } = fact;
    const sums: Sums = { ...fact, orderCount: 1 };
    const withCustomer = customerId !== null;
    if (withCustomer) customers.add({ customerId, day, currencyCode }, sums, sign);
    sales.add({ day, currencyCode, region, ownerId: fact.ownerId ?? "", kind, withCustomer }, sums, sign);
    for (const product of fact.products) {
      const { productId, productCode } = product;
      products.add({ day, currencyCode, productId, productCode, withCustomer }, sumsIn(product), sign);
    }
  };
  for (const fact of before) add(fact, -1);
  for (const fact of after) add(fact, 1);
  return { customers: customers.all(), sales: sales.all(), products: products.all() };
}

function sumsIn(product: ProductSums): Sums {
  const { productId: _, productCode: __, ...sums } = product;
  const numbers = Object.entries(sums).map(([key, value]) => [
    key,
    typeof value === "string" ? BigInt(value) : value,
  ]);
  return { ...(Object.fromEntries(numbers) as Omit<Sums, "orderCount">), orderCount: 1 };
}

function summing() {
  const sums = new Map<string, { key: Readonly<Record<string, unknown>>; sums: Sums }>();
  return {
    add(key: Readonly<Record<string, unknown>>, more: Sums, sign: 1 | -1) {
      const name = JSON.stringify(key);
      sums.set(name, { key, sums: plus(sums.get(name)?.sums ?? NOTHING, more, sign) });
    },
    // In one order, so that two processes which move the same days never wait for each other.
    all: (): Bucket[] =>
      [...sums]
        .filter(([, { sums }]) => !isNothing(sums))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { key, sums }]) => ({ ...key, ...sums })),
  };
}
