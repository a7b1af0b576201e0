import { batchGetCustomers, type Customer } from "@guanxi/client/gen/guanxi";
import { expect } from "vitest";
import type { System } from "./rig.ts";

/** As the API answers them, each that a row stands for. */
export async function allCustomers({ sql }: Pick<System, "sql">): Promise<Customer[]> {
  const rows = await sql<{ id: string }>("select customer_id as id from customer.customers");
  const all: Customer[] = [];
  for (let from = 0; from < rows.length; from += 100) {
    const customerIds = rows.slice(from, from + 100).map(({ id }) => id);
    all.push(...((await batchGetCustomers({ customerIds })).customers ?? []));
  }
  expect(all.length).toBe(rows.length);
  return all;
}
