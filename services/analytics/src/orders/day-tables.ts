// What was sold on each day: sums that are kept, so that no figure reads all lines.
import type { At } from "@guanxi/kit/at";
import { arraysOf } from "@guanxi/kit/columns";
import type { Bucket } from "./order-fact.ts";

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
