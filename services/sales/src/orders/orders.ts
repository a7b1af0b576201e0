import { Order, Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import type { At } from "@guanxi/kit/at";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { namesOf } from "@guanxi/kit/enum-names";
import type { OrderState } from "./order-state.ts";
import { present } from "./present.ts";

const orderTable = new EntitySchema<OrderState>({
  name: "order",
  tableName: "orders",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    orderId: { name: "order_id", type: "uuid", primary: true },
    orderNumber: { name: "order_number", type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    opportunityId: { name: "opportunity_id", type: "uuid", nullable: true },
    kind: { type: "text" },
    status: { type: "text" },
    currencyCode: { name: "currency_code", type: "text" },
    orderDate: { name: "order_date", type: "date" },
    orderTime: { name: "order_time", type: "timestamptz", nullable: true },
    lines: { type: "jsonb" },
    listMicros: { name: "list_micros", type: "bigint" },
    discountMicros: { name: "discount_micros", type: "bigint" },
    netMicros: { name: "net_micros", type: "bigint" },
    costMicros: { name: "cost_micros", type: "bigint" },
    marginMicros: { name: "margin_micros", type: "bigint" },
    linesWithoutCost: { name: "lines_without_cost", type: "int" },
    regionCode: { name: "region_code", type: "text", nullable: true },
    regionName: { name: "region_name", type: "text" },
    cancelReason: { name: "cancel_reason", type: "text" },
    externalIds: { name: "external_ids", type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** What no two orders share. */
const keys = side<OrderState>("order_keys", { system: "text", external_id: "text" }, ({ externalIds }) =>
  externalIds.map(({ system, id }) => ({ system, external_id: id })),
);

const exists = (what: string) => () =>
  refuse("exists", "ORDER_EXISTS", `Another order has this ${what} already.`);

export const orders = table({
  entity: orderTable,
  message: Order,
  present,
  customerOf: ({ customerId }) => customerId,
  sides: [keys],
  violations: { orders_by_number: exists("order_number"), order_keys_pkey: exists("external id") },
});

const column = (
  name: string,
  type: "id" | "text" | "enum" | "decimal" | "time" | "date",
  read: (order: OrderState) => unknown,
  more: Partial<Field<OrderState>> = {},
): Field<OrderState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over orders may name, as published at ListOrdersRequest.filter. */
export const orderFields = catalogue<OrderState>({ id: "order_id", side: "order_values" }, [
  column("order_number", "text", ({ orderNumber }) => orderNumber),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("opportunity_id", "id", ({ opportunityId }) => opportunityId),
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Order_Kind) }),
  column("status", "enum", ({ status }) => status, { values: namesOf(Order_Status) }),
  column("currency_code", "text", ({ currencyCode }) => currencyCode),
  column("net_amount", "decimal", ({ netMicros }) => netMicros, { stored: { column: "net_micros" } }),
  column("order_date", "date", ({ orderDate }) => orderDate),
  column("region_code", "text", ({ regionCode }) => regionCode),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

/** Those of another system that are here already: its id to ours. */
export async function ordersByExternalId(
  at: At,
  system: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ id: string; orderId: string }>(at, {
    name: "orders by external id",
    text: `select k.external_id as id, k.order_id as "orderId" from order_keys k
      where k.system = $1 and k.external_id = any($2::text[])`,
    values: [system, ids],
  });
  return new Map(rows.map(({ id, orderId }) => [id, orderId]));
}

/** Whose number it is: number to id. */
export async function ordersByNumber(at: At, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await named<{ number: string; orderId: string }>(at, {
    name: "orders by number",
    text: `select o.order_number as number, o.order_id as "orderId" from orders o
      where o.order_number = any($1::text[])`,
    values: [numbers],
  });
  return new Map(rows.map(({ number, orderId }) => [number, orderId]));
}
