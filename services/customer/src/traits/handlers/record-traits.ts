import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerTraitsChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { RecordTraitsRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { answer } from "../../customers/present.ts";
import { withTraits } from "../traits.ts";

export const recordTraits = command<RecordTraitsRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = withTraits(before, request.traits, { now: at.now, recordedBy: at.principal.name });
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, CustomerTraitsChanged), at);
});
