import type { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import type { GetMarketingPlanRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentPlan } from "../present.ts";
import { plans } from "../plans.ts";

export const getMarketingPlan = query<GetMarketingPlanRequest, MarketingPlan>(async ({ planId }, at) =>
  presentPlan(await get(at, plans, planId)),
);
