import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerTraitsChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { RemoveTraitsRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { answer } from "../../customers/present.ts";
import { withoutTraits } from "../traits.ts";

export const removeTraits = command<RemoveTraitsRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = withoutTraits(before, request.traits, at.now);
  return answer(after === before ? before : record(at, customers, after, CustomerTraitsChanged), at);
});
