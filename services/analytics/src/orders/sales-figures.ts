import type { At } from "@guanxi/kit/at";
import { built } from "@guanxi/kit/store";
import { MOST_ROWS, type Period, withSums } from "../figures.ts";
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
}

export interface SalesQuestion {
  /** In the order in which the rows are wanted. */
  readonly by: readonly SalesDimension[];
  readonly period: Period;
  readonly customerId: string;
}

const SUMS = [
  ["order_count", "int", "orderCount"],
  ["line_count", "int", "lineCount"],
  ["quantity_micros", "text", "quantityMicros"],
  ["list_micros", "text", "listMicros"],
  ["discount_micros", "text", "discountMicros"],
  ["net_micros", "text", "netMicros"],
  ["cost_micros", "text", "costMicros"],
  ["margin_micros", "text", "marginMicros"],
  ["lines_without_cost", "int", "linesWithoutCost"],
] as const;
const FIGURES = [
  ...SUMS.map(([column, type, field]) => `sum(d.${column})::${type} as "${field}"`),
  'coalesce(sum(d.order_count) filter (where not d.with_customer), 0)::int as "ordersWithoutCustomer"',
];

/** One row more than there may be, so that one sees it. */
export async function salesFiguresOf(at: At, question: SalesQuestion): Promise<SoldRow[]> {
  const { by } = question;
  const { values, add } = parameters();
  const keys = keysOf(question);
  const numbers = keys.map((_, index) => index + 1).join(", ");
  const text = `
select g.*, array[${by.map(({ label }) => label).join(", ")}]::text[] as labels
from (
  select ${[...keys, ...FIGURES].join(", ")} ${fromWhere(question, add)}
  group by ${numbers} order by ${numbers} limit ${add(MOST_ROWS + 1, "int")}
) g order by ${numbers}`;
  return withSums<SoldRow>(await at.ask({ text, values }));
}

/** How many different customers stand behind each row: these cannot be added up, so it is a question of its own. */
export async function customersBehind(at: At, question: SalesQuestion): Promise<(row: SoldRow) => number> {
  const { values, add } = parameters();
  const names = [...groupsOf(question), '"currencyCode"'];
  const text = `
select ${names.join(", ")}, count(buyer)::int as "customerCount"
from (select distinct ${keysOf(question).join(", ")}, d.customer_id as buyer ${fromWhere(question, add, ["customer_id"])}) c
group by ${names.map((_, index) => index + 1).join(", ")} limit ${add(MOST_ROWS + 1, "int")}`;
  const rows = await built<SoldRow & { customerCount: number }>(at, { text, values });
  const keyOf = (row: SoldRow) =>
    JSON.stringify([...groupsOf(question), "currencyCode"].map((name) => row[name]));
  const counts = new Map(rows.map((row) => [keyOf(row), row.customerCount]));
  return (row) => counts.get(keyOf(row)) ?? 0;
}

const groupsOf = ({ by }: SalesQuestion) => by.flatMap(({ columns }) => columns);

const keysOf = (question: SalesQuestion) => [
  ...groupsOf(question).map((name) =>
    name === "month" ? "to_char(d.day, 'YYYY-MM') as month" : `d.${name}`,
  ),
  'd.currency_code as "currencyCode"',
];

type Add = ReturnType<typeof parameters>["add"];

function fromWhere(question: SalesQuestion, add: Add, besides: readonly string[] = []): string {
  const { period, customerId } = question;
  const where = [
    period.from && `d.day >= ${add(period.from, "date")}`,
    period.until && `d.day < ${add(period.until, "date")}`,
    customerId && `d.customer_id = ${add(customerId, "uuid")}`,
  ].filter(Boolean);
  const needed = [...groupsOf(question), ...besides, ...(customerId ? ["customer_id"] : [])];
  return `from ${soldBy(needed)} d ${where.length > 0 ? `where ${where.join(" and ")}` : ""}`;
}
