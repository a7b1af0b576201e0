// Where sums of what was sold are read from: the smallest table that tells apart what is asked for.
import { soldStatuses } from "./order-fact.ts";

const SUMS =
  "order_count, line_count, quantity_micros, list_micros, discount_micros, net_micros, cost_micros, margin_micros, lines_without_cost";

interface Source {
  readonly columns: readonly string[];
  /** A subquery; its rows add up to what was sold, without an order twice in one group. */
  readonly from: string;
}

export const SOLD = `o.status in (${soldStatuses.map((status) => `'${status}'`).join(", ")})`;
const OF_ORDER = "o.order_date as day, o.currency_code, o.region, o.owner_id, o.kind, o.customer_id";
const ORDER_COLUMNS = ["region", "owner_id", "kind", "customer_id"];

const SOURCES: readonly Source[] = [
  {
    columns: ["region", "owner_id", "kind"],
    from: `(select day, currency_code, region, nullif(owner_id, '')::uuid as owner_id, kind, with_customer, ${SUMS} from sales_days)`,
  },
  {
    columns: ["product_id", "product_code"],
    from: `(select day, currency_code, nullif(product_id, '')::uuid as product_id, product_code, with_customer, ${SUMS}
      from product_days)`,
  },
  {
    columns: ["customer_id"],
    from: `(select day, currency_code, customer_id, true as with_customer, ${SUMS} from customer_days
      union all select day, currency_code, null, false, ${SUMS} from sales_days where not with_customer)`,
  },
  {
    columns: ORDER_COLUMNS,
    from: `(select ${OF_ORDER}, o.customer_id is not null as with_customer, 1 as order_count,
      ${SUMS.replace("order_count, ", "")} from order_facts o where ${SOLD})`,
  },
  {
    columns: [...ORDER_COLUMNS, "product_id", "product_code"],
    from: `(select ${OF_ORDER}, nullif(p."productId", '')::uuid as product_id, p."productCode" as product_code,
        o.customer_id is not null as with_customer, 1 as order_count, p."lineCount" as line_count,
        p."quantityMicros" as quantity_micros, p."listMicros" as list_micros, p."discountMicros" as discount_micros,
        p."netMicros" as net_micros, p."costMicros" as cost_micros, p."marginMicros" as margin_micros,
        p."linesWithoutCost" as lines_without_cost
      from order_facts o cross join lateral jsonb_to_recordset(o.products) as p ("productId" text, "productCode" text,
        "lineCount" int, "quantityMicros" bigint, "listMicros" bigint, "discountMicros" bigint, "netMicros" bigint,
        "costMicros" bigint, "marginMicros" bigint, "linesWithoutCost" int) where ${SOLD})`,
  },
];

/** Days, months and currencies all have. */
const COMMON: ReadonlySet<string> = new Set(["day", "month"]);

export function soldBy(columns: readonly string[]): string {
  const asked = columns.filter((column) => !COMMON.has(column));
  return SOURCES.find((source) => asked.every((column) => source.columns.includes(column)))!.from;
}
