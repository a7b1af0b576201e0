import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerTagged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { RemoveTagsRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { untag } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const removeTags = command<RemoveTagsRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = untag(before, request.tags, at.now);
  if (after === before) return answer(before, at);
  const removedTags = before.tags.filter((each) => !after.tags.includes(each));
  return answer(record(at, customers, after, CustomerTagged, { removedTags }), at);
});
