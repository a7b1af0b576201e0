import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { customers } from "./customers.ts";
import { followIfMerged } from "./follow-merges.ts";

/** Refuses a customer that the service has not heard of; none is as good as one. */
export async function requireCustomer(at: At, customerId: string, field: string): Promise<void> {
  if (customerId === "") return;
  const id = customerId.toLowerCase();
  const [known] = await Promise.all([find(at, customers, [id]), followIfMerged(at, id)]);
  if (known.length > 0) return;
  throw refuse("invalid", "UNKNOWN_CUSTOMER", `There is no customer ${customerId} here.`, [
    { field, description: "is no customer here", reason: "UNKNOWN_CUSTOMER" },
  ]);
}
