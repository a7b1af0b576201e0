import { onState } from "@guanxi/bus/reaction";
import { Customer, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import { dayOf } from "@guanxi/kit/days";
import { copy, find, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { addCounts, COUNTS } from "./customer-counts.ts";
import { type CustomerFact, differences } from "./customer-fact.ts";
import { customerFacts } from "./customer-facts.ts";

/** Nobody else moves these customers at the same time: the reader holds each of them from its first look to its commit. */
export const countCustomers = onState(Customer, [customerFacts.name, COUNTS], async (changes, at) => {
  const { ids, there, gone } = newestOf(changes);
  const before = await find(at, customerFacts, ids);
  const after = there.map(({ state, version }) => factOf(state, version));
  addCounts(at, differences(before, after));
  copy(at, customerFacts, after);
  remove(at, customerFacts, gone);
});

function factOf(customer: Customer, version: number): CustomerFact {
  const { customerId, lifecycleStage, grade, source, createDate, state, ownerId, displayName, regionCode } =
    customer;
  if (!createDate) throw new Error(`the customer ${customerId} has no day of creation`);
  return {
    customerId,
    stage: lifecycleStage,
    grade,
    source: source?.channel ?? 0,
    day: dayOf(createDate),
    archived: state === Customer_State.ARCHIVED,
    ownerId: ownerId || null,
    displayName,
    regionCode,
    version,
  };
}
