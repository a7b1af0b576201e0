import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { OwnerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ChangeOwnerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { reassign } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const changeOwner = command<ChangeOwnerRequest, Customer>(async (request, at) => {
  const { customerId, etag, ownerId, reason } = request;
  const [before] = await Promise.all([lock(at, customers, customerId), requireUser(at, ownerId, "owner_id")]);
  matchEtag(before, etag);
  const after = reassign(before, ownerId || null, at.now);
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, OwnerChanged, { reason }), at);
});
