// Every id that was ever given out leads to the customer that is meant by it now.
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";

/** By each id that somebody has or had, the one that stands for it: itself, or who has absorbed it in the end. One question. */
export async function resolve(at: At, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const steps = await pathsOf(at, ids);
  return new Map(
    steps.filter(({ next }) => next === null).map(({ asked, customerId }) => [asked, customerId]),
  );
}

export interface Step {
  readonly asked: string;
  readonly customerId: string;
  /** Who has absorbed it. */
  readonly next: string | null;
}

/** From each id to the one that stands for it, step by step. */
export const pathsOf = (at: At, ids: readonly string[]) =>
  named<Step>(at, {
    name: "customers resolve",
    text: `
with recursive way (asked, customer_id, next, step) as (
  select customer_id, customer_id, merged_into_customer_id, 0 from customers where customer_id = any($1::uuid[])
  union all
  select w.asked, c.customer_id, c.merged_into_customer_id, w.step + 1
  from way w join customers c on c.customer_id = w.next)
select asked, customer_id as "customerId", next from way order by asked, step`,
    values: [ids.filter((id) => UUID.test(id))],
  });

// What is no id in its normal form is nobody's; the database would refuse the question instead.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a command is told about a customer that has become another one. */
export async function merged(at: At, customerId: string) {
  const living = (await resolve(at, [customerId])).get(customerId) ?? "";
  const message = `The customer ${customerId} has been merged into customer ${living}: use that one.`;
  return refuse("precondition", "CUSTOMER_MERGED", message, [
    { field: "customer_id", description: `is customer ${living} now`, reason: "CUSTOMER_MERGED" },
  ]);
}
