import { onState } from "@guanxi/bus/reaction";
import type { Meta } from "@guanxi/contract/guanxi/event/v1/event";
import { Customer, Customer_State } from "@guanxi/contract/guanxi/customer/v1/customer";
import { copy, find, remove } from "@guanxi/kit/store";
import { addCounts, COUNT_TABLES, moveMark } from "./customer-counts.ts";
import { type CustomerFact, differences } from "./customer-fact.ts";
import { customerFacts } from "./customer-facts.ts";
import { dayOf } from "./days.ts";

/** Nobody else moves these customers at the same time: the reader holds each of them from its first look to its commit. */
export const countCustomers = onState(
  Customer,
  [customerFacts.name, ...COUNT_TABLES],
  async (changes, at) => {
    const newest = new Map(changes.map((change) => [change.meta.aggregateId, change]));
    const before = await find(at, customerFacts, [...newest.keys()]);
    const after = [...newest.values()].flatMap(({ state, meta }) => (state ? [factOf(state, meta)] : []));
    const erased = [...newest.values()].filter(({ state }) => !state);
    addCounts(at, differences(before, after));
    copy(at, customerFacts, after);
    remove(
      at,
      customerFacts,
      erased.map(({ meta }) => meta.aggregateId),
    );
    const { meta, sequence } = changes.reduce((a, b) => (a.sequence > b.sequence ? a : b));
    moveMark(at, { eventTime: meta.time!, streamSequence: BigInt(sequence) });
  },
);

function factOf(customer: Customer, { version }: Meta): CustomerFact {
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
