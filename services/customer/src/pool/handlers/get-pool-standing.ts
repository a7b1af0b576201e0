import type { GetPoolStandingRequest, PoolStanding } from "@guanxi/contract/guanxi/customer/v1/pool_service";
import { query } from "@guanxi/kit/handler";
import { find } from "@guanxi/kit/store";
import { getLiving } from "../../customers/living.ts";
import { customerFacts } from "../../facts/facts.ts";
import { coolDownUntil, left, standingOf } from "../claims.ts";
import { policyOf } from "../pool-policies.ts";
import { type Deeds, protectedUntil, recyclingOf } from "../recycling.ts";

const NOTHING_YET: Deeds = {
  lastOutboundTime: null,
  lastOrderDate: null,
  openOpportunityCount: 0,
  openOrderCount: 0,
};

export const getPoolStanding = query<GetPoolStandingRequest, PoolStanding>(async (request, at) => {
  const customer = await getLiving(at, request.customerId);
  const { customerId } = customer;
  const [[facts = NOTHING_YET], policy, standing] = await Promise.all([
    find(at, customerFacts, [customerId]),
    policyOf(at),
    standingOf(at, at.principal.id, customerId),
  ]);
  const due = recyclingOf(policy, customer, facts, at.timeZone);
  return {
    customerId,
    ownerId: customer.ownerId ?? "",
    recycleTime: due?.time,
    rule: due?.rule ?? "",
    protectedUntilTime: customer.ownerId === null ? undefined : protectedUntil(policy, customer),
    coolDownUntilTime: coolDownUntil(policy, standing, at.now),
    claimsLeftToday: left(policy.maxClaimsPerDay, standing.claimedToday),
    placesLeft: left(policy.maxOwnedCustomers, standing.owned),
  };
});
