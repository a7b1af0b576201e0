import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerArchived } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ArchiveCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { archive } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const archiveCustomer = command<ArchiveCustomerRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = archive(before, at.now);
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, CustomerArchived, { reason: request.reason }), at);
});
