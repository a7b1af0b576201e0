import { type Customer, LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { LifecycleStageChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ChangeLifecycleStageRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { nameOf } from "@guanxi/kit/enum-names";
import { judge } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const changeLifecycleStage = command<ChangeLifecycleStageRequest, Customer>(async (request, at) => {
  const before = await lock(at, customers, request.customerId);
  matchEtag(before, request.etag);
  const after = judge(
    before,
    "lifecycleStage",
    nameOf(LifecycleStage, request.lifecycleStage) ?? "PROSPECT",
    at.now,
  );
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, LifecycleStageChanged, { reason: request.reason }), at);
});
