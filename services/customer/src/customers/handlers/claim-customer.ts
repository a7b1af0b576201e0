import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerClaimed } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ClaimCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock, record } from "@guanxi/kit/store";
import { reassign } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const claimCustomer = command<ClaimCustomerRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = reassign(before, at.principal.id, at.now);
  if (after === before) return answer(before, at);
  if (before.ownerId)
    throw refuse("precondition", "CUSTOMER_OWNED", "Somebody else looks after this customer.");
  return answer(record(at, customers, after, CustomerClaimed), at);
});
