import type { At } from "@guanxi/kit/at";
import { MOST_ROWS, type Period } from "../figures.ts";
import { parameters } from "../parameters.ts";
import type { SalesDimension } from "./sales-dimensions.ts";
import { soldBy } from "./sold.ts";
import type { Sums } from "./sums.ts";

export interface SoldRow extends Sums {
  /** Of the groups, under the names of their columns. */
  readonly [column: string]: unknown;
  readonly labels: readonly (string | null)[];
  readonly currencyCode: string;
  readonly ordersWithoutCustomer: number;
  readonly customerCount?: number;
}

export interface SalesQuestion {
  /** In the order in which the rows are wanted. */
  readonly by: readonly SalesDimension[];
  readonly period: Period;
  readonly customerId: string;
  readonly countCustomers: boolean;
}

const sum = (column: string, type: "int" | "bigint", field: string) =>
  `sum(d.${column})::${type} as "${field}"`;

const FIGURES = [
  sum("order_count", "int", "orderCount"),
  sum("line_count", "int", "lineCount"),
  sum("quantity_micros", "bigint", "quantityMicros"),
  sum("list_micros", "bigint", "listMicros"),
  sum("discount_micros", "bigint", "discountMicros"),
  sum("net_micros", "bigint", "netMicros"),
  sum("cost_micros", "bigint", "costMicros"),
  sum("margin_micros", "bigint", "marginMicros"),
  sum("lines_without_cost", "int", "linesWithoutCost"),
  'coalesce(sum(d.order_count) filter (where not d.with_customer), 0)::int as "ordersWithoutCustomer"',
];
const CUSTOMERS = 'count(distinct d.customer_id)::int as "customerCount"';

/** One row more than there may be, so that one sees it. */
export async function salesFiguresOf(at: At, question: SalesQuestion): Promise<SoldRow[]> {
  const { by, period, customerId, countCustomers } = question;
  const { values, add } = parameters();
  const groups = by.flatMap(({ columns }) => columns);
  const where = [
    period.from && `d.day >= ${add(period.from, "date")}`,
    period.until && `d.day < ${add(period.until, "date")}`,
    customerId && `d.customer_id = ${add(customerId, "uuid")}`,
  ].filter(Boolean);
  const columns = groups.map((name) =>
    name === "month" ? "to_char(d.day, 'YYYY-MM') as month" : `d.${name}`,
  );
  const figures = [...FIGURES, ...(countCustomers ? [CUSTOMERS] : [])];
  const keys = [...columns, 'd.currency_code as "currencyCode"'];
  const numbers = keys.map((_, index) => index + 1).join(", ");
  const needed = customerId || countCustomers ? [...groups, "customer_id"] : groups;
  const text = `
select g.*, array[${by.map(({ label }) => label).join(", ")}]::text[] as labels
from (
  select ${[...keys, ...figures].join(", ")} from ${soldBy(needed)} d
  ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
  group by ${numbers} order by ${numbers} limit ${add(MOST_ROWS + 1, "int")}
) g order by ${numbers}`;
  return (await at.ask({ text, values })) as unknown as SoldRow[];
}
