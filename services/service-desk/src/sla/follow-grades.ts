import { onState } from "@guanxi/bus/reaction";
import { Customer, Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { nameOf } from "@guanxi/kit/enum-names";
import { named } from "@guanxi/kit/store";
import { reckonCustomerAnew } from "./reckon-cases.ts";

/**
 * Asks the cases and not the copies of customers: so no change of a grade is missed where the copies are made anew, nor the grade
 * of a customer of whom a case has been heard of before, and of customers without open cases there is nothing to do.
 */
export const followGrades = onState(Customer, [], async (changes, at) => {
  const grades = new Map(changes.flatMap(({ state }) => (state ? [[state.customerId, state.grade]] : [])));
  const rows = await named<{ customerId: string }>(at, {
    name: "customers with cases of another grade",
    text: `select distinct c.customer_id as "customerId"
      from unnest($1::uuid[], $2::text[]) as n (customer_id, grade) join cases c using (customer_id)
      where c.status in ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'ON_HOLD')
        and c.grade is distinct from n.grade`,
    values: [[...grades.keys()], [...grades.values()].map((grade) => nameOf(Grade, grade))],
  });
  for (const { customerId } of rows) reckonCustomerAnew(at, customerId);
});
