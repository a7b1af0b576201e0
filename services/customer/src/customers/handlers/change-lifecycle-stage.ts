import { ChurnReason, type Customer, LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { LifecycleStageChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ChangeLifecycleStageRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { nameOf } from "@guanxi/kit/enum-names";
import { policyOf } from "../../lifecycle/lifecycle-policies.ts";
import { say, type Word } from "../../lifecycle/stages.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const changeLifecycleStage = command<ChangeLifecycleStageRequest, Customer>(async (request, at) => {
  const [before, policy] = await Promise.all([lock(at, customers, request.customerId), policyOf(at)]);
  matchEtag(before, request.etag);
  const { after, forced } = say(before, wordOf(request), policy, at.now);
  if (after === before) return answer(before, at);
  const { reason } = request;
  return answer(record(at, customers, after, LifecycleStageChanged, { reason, forced }), at);
});

function wordOf({ lifecycleStage, churnReason, churnNote, force }: ChangeLifecycleStageRequest): Word {
  const reason = nameOf(ChurnReason, churnReason);
  return {
    stage: nameOf(LifecycleStage, lifecycleStage) ?? "PROSPECT",
    churn: reason && { reason, note: churnNote },
    force,
  };
}
