import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import {
  ChurnReason,
  Customer,
  Customer_State,
  LifecycleStage,
  RelationshipLevel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { dayIn, dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { copy, find, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { addCounts, COUNTS, heldCounts } from "./customer-counts.ts";
import { differences, type KnownCustomer } from "./customer-fact.ts";
import { customerFacts } from "./customer-facts.ts";

const rows = rowsIn<Customer, KnownCustomer>(customerFacts, (state, { version }, { timeZone }) => [
  factOf(state, version, dayIn(timeZone)),
]);

/** Nobody else moves these customers at the same time: the reader holds each of them from its first look to its commit. */
export const countCustomers = onState(
  Customer,
  [customerFacts.name, COUNTS],
  async (changes, at) => {
    const { ids, there, gone } = newestOf(changes);
    const before = await find(at, customerFacts, ids);
    // The zone is asked for by those who have departed only: of the others one can hear before identity's word has come.
    const dayOfTime = (time: Date) => dayIn(at.timeZone)(time);
    const after = there.map(({ state, version }) => factOf(state, version, dayOfTime));
    addCounts(at, differences(before, after));
    copy(at, customerFacts, after);
    remove(at, customerFacts, gone);
  },
  { rows: [rows], sums: [heldCounts] },
);

type DayOfTime = (time: Date) => string;

function factOf(customer: Customer, version: number, dayOfTime: DayOfTime): KnownCustomer {
  const { customerId, lifecycleStage, grade, source, createDate, state, ownerId, displayName, regionCode } =
    customer;
  if (!createDate) throw new Error(`the customer ${customerId} has no day of creation`);
  const merged = state === Customer_State.MERGED;
  return {
    customerId,
    stage: lifecycleStage,
    grade,
    source: source?.channel ?? 0,
    day: dayOf(createDate),
    archived: merged || state === Customer_State.ARCHIVED,
    ownerId: ownerId || null,
    displayName,
    regionCode,
    merged,
    ...departureOf(customer, dayOfTime),
    referrerCustomerId: customer.referrerCustomerId || null,
    sourceCampaign: source?.campaign || null,
    relationshipLevel: nameOf(RelationshipLevel, customer.relationshipLevel),
    version,
  };
}

function departureOf(customer: Customer, dayOfTime: DayOfTime) {
  const { lifecycleStage, lifecycleStageSinceTime: since, churnReason } = customer;
  if (lifecycleStage !== LifecycleStage.DEPARTED || !since) return { departDate: null, churnReason: null };
  return { departDate: dayOfTime(since), churnReason: nameOf(ChurnReason, churnReason) };
}
