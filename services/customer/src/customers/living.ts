import type { At } from "@guanxi/kit/at";
import { find, get } from "@guanxi/kit/store";
import type { CustomerState } from "./customer-state.ts";
import { customers } from "./customers.ts";
import { resolve } from "./resolve.ts";

/** The customer that is meant by an id now; NOT_FOUND where nobody ever had it. */
export async function getLiving(at: At, customerId: string): Promise<CustomerState> {
  const found = await get(at, customers, customerId);
  return (await livingOf(at, [found]))[0]!;
}

/** By each of the ids; what nobody ever had is left out, and two ids of one customer answer it twice. */
export async function findLiving(at: At, customerIds: readonly string[]): Promise<CustomerState[]> {
  return livingOf(at, await find(at, customers, customerIds));
}

/** Two questions more only where somebody was merged. */
async function livingOf(at: At, found: readonly CustomerState[]): Promise<CustomerState[]> {
  const gone = found.filter(({ state }) => state === "MERGED").map(({ customerId }) => customerId);
  if (gone.length === 0) return [...found];
  const living = await resolve(at, gone);
  const others = new Map(
    (await find(at, customers, [...living.values()])).map((each) => [each.customerId, each]),
  );
  return found.map((each) => others.get(living.get(each.customerId) ?? "") ?? each);
}
