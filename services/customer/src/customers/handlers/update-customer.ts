import { isDeepStrictEqual } from "node:util";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { UpdateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../customer.ts";
import { customers, requireFree } from "../customers.ts";
import { answer, hiddenCustom, present } from "../present.ts";
import { settingOf } from "../setting.ts";

export const updateCustomer = command<UpdateCustomerRequest, Customer>(async (request, at) => {
  const { customer: sent, etag, updateMask } = request;
  const [before, setting] = await Promise.all([lock(at, customers, sent?.customerId ?? ""), settingOf(at)]);
  requireEtag(before, etag);
  const merged = at.check(Customer, merge(Customer, present(before), sent, updateMask), "customer");
  merged.custom = { ...hiddenCustom(before, at), ...merged.custom };
  const after = change(before, merged, setting);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return answer(before, at);
  await requireFree(at, after);
  return answer(record(at, customers, after, CustomerChanged), at);
});
