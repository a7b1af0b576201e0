import type { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { MarketingPlanClosed } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_events";
import type { CloseMarketingPlanRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { close } from "../plan.ts";
import { presentPlan } from "../present.ts";
import { plans } from "../plans.ts";

export const closeMarketingPlan = command<CloseMarketingPlanRequest, MarketingPlan>(async (request, at) => {
  const before = await lock(at, plans, request.planId);
  matchEtag(before, request.etag);
  const after = close(before, at.now);
  return presentPlan(after === before ? before : record(at, plans, after, MarketingPlanClosed));
});
