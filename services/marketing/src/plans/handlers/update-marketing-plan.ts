import { isDeepStrictEqual } from "node:util";
import { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { MarketingPlanChanged } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_events";
import type { UpdateMarketingPlanRequest } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../plan.ts";
import { plans } from "../plans.ts";
import { presentPlan } from "../present.ts";
import { requirePlanParts, requireTargetsFree } from "../require-plan-parts.ts";

export const updateMarketingPlan = command<UpdateMarketingPlanRequest, MarketingPlan>(async (request, at) => {
  const { marketingPlan: sent, etag, updateMask } = request;
  const before = await lock(at, plans, sent?.planId ?? "");
  requireEtag(before, etag);
  const merged = merge(MarketingPlan, presentPlan(before), sent, updateMask);
  const kept = at.check(MarketingPlan, merged, "marketing_plan");
  const after = change(before, kept, at.newId, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentPlan(before);
  await Promise.all([requirePlanParts(at, kept), requireTargetsFree(at, before, after)]);
  return presentPlan(record(at, plans, after, MarketingPlanChanged));
});
