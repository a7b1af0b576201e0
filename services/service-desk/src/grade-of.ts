import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { find } from "@guanxi/kit/store";

/** Null where there is none, or where nobody knows the customer here. */
export async function gradeOf(at: At, customerId: string): Promise<NameOf<typeof Grade> | null> {
  const [customer] = await find(at, customers, [customerId]);
  return nameOf(Grade, customer?.grade ?? 0);
}
