import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { PurchasedProductState, PurchaseState } from "./purchase.ts";

const purchaseTable = new EntitySchema<PurchaseState>({
  name: "purchase",
  tableName: "purchases",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    orderId: { name: "order_id", type: "uuid", primary: true },
    customerId: { name: "customer_id", type: "uuid" },
    orderNumber: { name: "order_number", type: "text" },
    creditNote: { name: "credit_note", type: "bool" },
    currencyCode: { name: "currency_code", type: "text" },
    orderDate: { name: "order_date", type: "date" },
    orderTime: { name: "order_time", type: "timestamptz", nullable: true },
    netMicros: { name: "net_micros", type: "bigint" },
    costMicros: { name: "cost_micros", type: "bigint" },
    marginMicros: { name: "margin_micros", type: "bigint" },
    linesWithoutCost: { name: "lines_without_cost", type: "int" },
    products: { type: "jsonb" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const purchases = table({ entity: purchaseTable });

export const purchaseFields = catalogue<PurchaseState>({ id: "order_id", side: "" }, [
  {
    name: "order_date",
    type: "date",
    stored: { column: "order_date" },
    read: ({ orderDate }) => orderDate,
  },
]);

export const ofCustomer = (customerId: string) => where("customer_id = ?::uuid", customerId);

/** Sums are text, since they may outgrow what a bigint holds. */
export interface Sums {
  readonly currencyCode: string;
  readonly orders: number;
  readonly returns: number;
  readonly net: string;
  readonly cost: string;
  readonly margin: string;
  readonly linesWithoutCost: number;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
}

export const sumsOf = (at: At, customerId: string) =>
  named<Sums>(at, {
    name: "purchases sums",
    text: `
select currency_code as "currencyCode",
  (count(*) filter (where not credit_note))::int as orders, (count(*) filter (where credit_note))::int as returns,
  sum(net_micros)::text as net, sum(cost_micros)::text as cost, sum(margin_micros)::text as margin,
  sum(lines_without_cost)::int as "linesWithoutCost",
  min(order_date) filter (where not credit_note) as "firstDate",
  max(order_date) filter (where not credit_note) as "lastDate"
from purchases where customer_id = $1 group by currency_code order by currency_code`,
    values: [customerId],
  });

export type ProductSum = PurchasedProductState & { readonly currencyCode: string };

const MOST_PRODUCTS = 10;

/** The best of each currency. A product is called what it was called last. */
export const topProductsOf = (at: At, customerId: string) =>
  named<ProductSum>(at, {
    name: "purchases products",
    text: `
with sold as (
  select p.currency_code, x ->> 'key' as key, sum((x ->> 'quantity')::numeric)::text as quantity,
    sum((x ->> 'net')::numeric) as net, (array_agg(x order by p.order_date desc, p.order_id desc))[1] as last
  from purchases p cross join lateral jsonb_array_elements(p.products) as x
  where p.customer_id = $1 group by p.currency_code, x ->> 'key'),
ranked as (
  select *, row_number() over (partition by currency_code order by net desc, key collate "C") as place from sold)
select currency_code as "currencyCode", key, last ->> 'productId' as "productId", last ->> 'productCode' as "productCode",
  last ->> 'description' as description, quantity, net::text as net
from ranked where place <= ${MOST_PRODUCTS} order by currency_code, place`,
    values: [customerId],
  });

export interface Mark {
  readonly eventTime: Date;
  readonly streamSequence: bigint;
}

/** Up to where the history reaches; an event that comes again takes nothing back. */
export function moveMark(at: At, { eventTime, streamSequence }: Mark): void {
  at.tell({
    name: "purchase marks move",
    text: `
insert into purchase_marks as m (event_time, stream_sequence) values ($1, $2)
on conflict (tenant_id) do update set event_time = excluded.event_time, stream_sequence = excluded.stream_sequence
where m.stream_sequence < excluded.stream_sequence`,
    values: [eventTime.toISOString(), streamSequence],
  });
}

export async function markOf(at: At): Promise<Mark | undefined> {
  const text = `select event_time as "eventTime", stream_sequence as "streamSequence" from purchase_marks`;
  const [mark] = await named<Mark>(at, { name: "purchase marks read", text, values: [] });
  return mark;
}
