import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRestored } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { RestoreCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { restore } from "../customer.ts";
import { customers, requireFree } from "../customers.ts";
import { answer } from "../present.ts";

export const restoreCustomer = command<RestoreCustomerRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = restore(before, at.now);
  if (after === before) return answer(before, at);
  await requireFree(at, after);
  return answer(record(at, customers, after, CustomerRestored, { reason: request.reason }), at);
});
