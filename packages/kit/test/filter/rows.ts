import type pg from "pg";
import { type Customer, customers } from "./customers.ts";

const COLUMNS: Record<string, (customer: Customer) => unknown> = {
  customer_id: (c) => c.customerId,
  name: (c) => c.name,
  owner_id: (c) => c.ownerId,
  email_key: (c) => c.emailKey,
  stage: (c) => c.stage,
  grade: (c) => c.grade,
  score: (c) => c.score,
  lifetime_value_micros: (c) => c.lifetimeValueMicros,
  subscribed: (c) => c.subscribed,
  create_time: (c) => c.createTime,
  last_order_time: (c) => c.lastOrderTime,
  birth_date: (c) => c.birthDate,
  credit_limit_micros: (c) => c.creditLimitMicros,
};

const SIDE = {
  id: "id_value",
  text: "text_value",
  enum: "text_value",
  tags: "text_value",
  int: "number_value",
} as const;
const REST = { decimal: "number_value", bool: "bool_value", time: "time_value", date: "date_value" } as const;
const sideColumn = { ...SIDE, ...REST };

/** Queues two inserts for all customers; they are sent in order before whatever follows. */
export function insert(client: pg.Client, tenant: string, all: Customer[]): Promise<unknown> {
  const rows = all.map((customer) => ({ tenant_id: tenant, ...columnsOf(customer) }));
  const values = all.flatMap((customer) => sideRows(tenant, customer));
  return Promise.all([
    client.query("insert into customers select * from jsonb_populate_recordset(null::customers, $1)", [
      json(rows),
    ]),
    client.query(
      "insert into customer_values select * from jsonb_populate_recordset(null::customer_values, $1)",
      [json(values)],
    ),
  ]);
}

const columnsOf = (customer: Customer) =>
  Object.fromEntries(Object.entries(COLUMNS).map(([column, read]) => [column, read(customer)]));

function sideRows(tenant: string, customer: Customer): object[] {
  const common = { tenant_id: tenant, customer_id: customer.customerId };
  return [...customers.fields.values()].flatMap(({ stored, type, read }) => {
    if (!("kind" in stored)) return [];
    const values = [read(customer) ?? []].flat();
    return values.map((value) => ({ ...common, kind: stored.kind, [sideColumn[type]]: value }));
  });
}

/** bigint as text: jsonb_populate_recordset reads both, JSON numbers in JavaScript would round. */
const json = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === "bigint" ? item.toString() : item));
