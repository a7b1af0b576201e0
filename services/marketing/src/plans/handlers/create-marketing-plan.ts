import { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { MarketingPlanCreated } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_events";
import type { CreateMarketingPlanRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create } from "../plan.ts";
import { presentPlan } from "../present.ts";
import { requirePlanParts } from "../require-plan-parts.ts";
import { plans } from "../plans.ts";

export const createMarketingPlan = command<CreateMarketingPlanRequest, MarketingPlan>(async (request, at) => {
  const sent = MarketingPlan.fromPartial(request.marketingPlan ?? {});
  await requirePlanParts(at, sent);
  return presentPlan(record(at, plans, create(sent, at.newId, at.now), MarketingPlanCreated));
});
