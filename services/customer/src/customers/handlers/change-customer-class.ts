import { type Customer, CustomerClass } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerClassChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ChangeCustomerClassRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { nameOf } from "@guanxi/kit/enum-names";
import { judge } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const changeCustomerClass = command<ChangeCustomerClassRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = judge(
    before,
    "customerClass",
    nameOf(CustomerClass, request.customerClass) ?? "POTENTIAL",
    at.now,
  );
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, CustomerClassChanged, { reason: request.reason }), at);
});
