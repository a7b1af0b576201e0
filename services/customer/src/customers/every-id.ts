import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/** As SQL: a customer's id, and those of all that it has absorbed, straight or by others that it absorbed. */
export const everyIdOf = (customer: string) => `array(
    with recursive own (customer_id) as (
      select ${customer}
      union all
      select m.customer_id from own o join customers m on m.merged_into_customer_id = o.customer_id)
    select customer_id from own)`;

/** The same as a row `ids` to join, found once: `offset 0` keeps the planner from looking for it at each place that names it. */
export const everyIdRow = (customer: string) => `(select ${everyIdOf(customer)} as ids offset 0)`;

/** Under all of them something may stand that is the customer's. */
export async function idsOf(at: At, customerId: string): Promise<string[]> {
  const [row] = await named<{ ids: string[] }>(at, {
    name: "customers every id",
    text: `select ${everyIdOf("$1::uuid")}::text[] as ids`,
    values: [customerId],
  });
  return row!.ids;
}
