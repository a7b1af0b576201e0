import { mirrorCustomersWith } from "@guanxi/directory/customers";
import { LEFT_THE_BOOK } from "@guanxi/directory/left-the-book";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** With the number of the contract's enum, so that one which came later is kept all the same. */
export const mirrorCustomers = mirrorCustomersWith({
  columns: { state: { type: "int" } },
  pick: ({ state }) => ({ state }),
});

/** Undefined of one that has not been heard of. */
export async function stateOf(at: At, customerId: string): Promise<number | undefined> {
  const [row] = await named<{ state: number }>(at, {
    name: "customer state",
    text: "select state from customers where customer_id = $1::uuid",
    values: [customerId || null],
  });
  return row?.state;
}

/** Those who have left the active book: nobody writes to them unasked. */
export async function archivedOf(at: At, customerIds: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ customerId: string }>(at, {
    name: "customers archived",
    text: `select customer_id as "customerId" from customers where customer_id = any($1::uuid[]) and state = any($2::int[])`,
    values: [customerIds, LEFT_THE_BOOK],
  });
  return new Set(rows.map(({ customerId }) => customerId));
}
