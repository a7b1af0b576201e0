import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { customers } from "./projections/customers.ts";

/** Refuses a customer that sales has not heard of; none is as good as one. */
export async function requireCustomer(at: At, customerId: string, field: string): Promise<void> {
  if (customerId === "" || (await find(at, customers, [customerId.toLowerCase()])).length > 0) return;
  throw refuse("invalid", "UNKNOWN_CUSTOMER", `There is no customer ${customerId} here.`, [
    { field, description: "is no customer here", reason: "UNKNOWN_CUSTOMER" },
  ]);
}
