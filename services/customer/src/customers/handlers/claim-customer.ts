import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerClaimed } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ClaimCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock, record } from "@guanxi/kit/store";
import { holdClaims, isLimited, requireClaim, standingOf } from "../../pool/claims.ts";
import { policyOf } from "../../pool/pool-policies.ts";
import { reassign } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const claimCustomer = command<ClaimCustomerRequest, Customer>(async (request, at) => {
  const { customerId } = request;
  const userId = at.principal.id;
  const policy = await policyOf(at);
  if (isLimited(policy)) await holdClaims(at, userId);
  const before = await lock(at, customers, customerId);
  matchEtag(before, request.etag);
  const after = reassign(before, userId, at.now);
  if (after === before) return answer(before, at);
  if (before.ownerId)
    throw refuse("precondition", "CUSTOMER_OWNED", "Somebody else looks after this customer.");
  if (isLimited(policy)) requireClaim(policy, await standingOf(at, userId, customerId), at.now);
  return answer(record(at, customers, after, CustomerClaimed), at);
});
