import { isDeepStrictEqual } from "node:util";
import { CarePlan } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import { CarePlanChanged } from "@guanxi/contract/guanxi/interaction/v1/care_plan_events";
import type { UpdateCarePlanRequest } from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { wakeCare } from "../care-day.ts";
import { changePlan, presentPlan } from "../care-plan.ts";
import { carePlans } from "../care-plans.ts";

export const updateCarePlan = command<UpdateCarePlanRequest, CarePlan>(async (request, at) => {
  const { carePlan: sent, etag, updateMask } = request;
  const before = await lock(at, carePlans, sent?.carePlanId ?? "");
  requireEtag(before, etag);
  const merged = at.check(CarePlan, merge(CarePlan, presentPlan(before), sent, updateMask), "care_plan");
  const after = changePlan(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentPlan(before);
  if (after.fallbackAssigneeId !== before.fallbackAssigneeId)
    await requireUser(at, merged.fallbackAssigneeId, "care_plan.fallback_assignee_id");
  if (after.enabled) wakeCare(at);
  return presentPlan(record(at, carePlans, after, CarePlanChanged));
});
