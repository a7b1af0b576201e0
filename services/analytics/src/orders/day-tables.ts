// What was sold on each day: sums that are kept, so that no figure reads all lines.
import type { HeldSums } from "@guanxi/bus/held";
import type { At } from "@guanxi/kit/at";
import { arraysOf } from "@guanxi/kit/columns";
import type { Bucket } from "./order-fact.ts";
import { SOLD } from "./sold.ts";

interface Column {
  readonly name: string;
  readonly type: string;
}

interface DayTable {
  readonly name: string;
  readonly keys: Readonly<Record<string, Column>>;
}

const text = (name: string): Column => ({ name, type: "text" });
const day: Column = { name: "day", type: "date" };
const withCustomer: Column = { name: "with_customer", type: "bool" };
const currencyCode = text("currency_code");

export const customerDays: DayTable = {
  name: "customer_days",
  keys: { customerId: { name: "customer_id", type: "uuid" }, day, currencyCode },
};
export const salesDays: DayTable = {
  name: "sales_days",
  keys: {
    day,
    currencyCode,
    region: text("region"),
    ownerId: text("owner_id"),
    kind: text("kind"),
    withCustomer,
  },
};
export const productDays: DayTable = {
  name: "product_days",
  keys: {
    day,
    currencyCode,
    productId: text("product_id"),
    productCode: text("product_code"),
    withCustomer,
  },
};

const SUMS: Readonly<Record<string, Column>> = {
  orderCount: { name: "order_count", type: "int" },
  lineCount: { name: "line_count", type: "int" },
  quantityMicros: { name: "quantity_micros", type: "bigint" },
  listMicros: { name: "list_micros", type: "bigint" },
  discountMicros: { name: "discount_micros", type: "bigint" },
  netMicros: { name: "net_micros", type: "bigint" },
  costMicros: { name: "cost_micros", type: "bigint" },
  marginMicros: { name: "margin_micros", type: "bigint" },
  linesWithoutCost: { name: "lines_without_cost", type: "int" },
};

/** A day that comes down to no order goes away. */
export function addDays(at: At, { name, keys }: DayTable, all: readonly Bucket[]): void {
  if (all.length === 0) return;
  const columns = Object.values({ ...keys, ...SUMS });
  const names = columns.map((column) => column.name).join(", ");
  const key = Object.values(keys).map((column) => column.name);
  const sums = Object.values(SUMS).map((sum) => `${sum.name} = d.${sum.name} + excluded.${sum.name}`);
  const add = `
insert into ${name} as d (${names}) select * from ${arraysOf(columns)}
on conflict (tenant_id, ${key.join(", ")}) do update set ${sums.join(", ")}`;
  const same = key.map((column) => `d.${column} = i.${column}`).join(" and ");
  const sweep = `
delete from ${name} d using ${arraysOf(Object.values(keys))} as i (${key.join(", ")})
where ${same} and d.order_count = 0`;
  const valuesOf = (buckets: readonly Bucket[], fields: object) =>
    Object.keys(fields).map((field) => buckets.map((each) => each[field]));
  at.tell({ name: `${name} add`, text: add, values: valuesOf(all, { ...keys, ...SUMS }) });
  const less = all.filter(({ orderCount }) => orderCount < 0);
  if (less.length > 0) at.tell({ name: `${name} sweep`, text: sweep, values: valuesOf(less, keys) });
}

/** What a name of a sum is read from: columns of orders, or their products in JSON. */
type Source = (sum: string, type: string) => string;

const held = (
  { name, keys }: DayTable,
  from: string,
  of: Readonly<Record<string, string>>,
  source: Source,
): HeldSums => {
  const names = Object.values(keys).map((key) => key.name);
  const groups = names.map((key) => `${of[key] ?? `o.${key}`} as ${key}`);
  const sums = Object.entries(SUMS).map(([field, { name: sum, type }]) =>
    sum === "order_count" ? "count(*)::int as order_count" : `sum(${source(field, type)})::${type} as ${sum}`,
  );
  const anew = `
select ${[...groups, ...sums].join(", ")} from ${from} where ${SOLD} group by ${names.map((_, n) => n + 1).join(", ")}`;
  return { table: name, keys: names, sums: Object.values(SUMS).map((sum) => sum.name), anew };
};

const ORDERS = "order_facts o";
const DAY = { day: "o.order_date", with_customer: "(o.customer_id is not null)" };
const column: Source = (field) => `o.${SUMS[field]!.name}`;

/** Each day table as the orders make it. */
export const heldDays: readonly HeldSums[] = [
  held(customerDays, `(select * from ${ORDERS} where customer_id is not null) o`, DAY, column),
  held(salesDays, ORDERS, { ...DAY, owner_id: "coalesce(o.owner_id::text, '')" }, column),
  held(
    productDays,
    `${ORDERS} cross join lateral jsonb_array_elements(o.products) p`,
    { ...DAY, product_id: "p ->> 'productId'", product_code: "p ->> 'productCode'" },
    (field, type) => `(p ->> '${field}')::${type}`,
  ),
];
