import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerTagged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { AddTagsRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { tag } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const addTags = command<AddTagsRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = tag(before, request.tags, at.now);
  if (after === before) return answer(before, at);
  const addedTags = after.tags.filter((each) => !before.tags.includes(each));
  return answer(record(at, customers, after, CustomerTagged, { addedTags }), at);
});
