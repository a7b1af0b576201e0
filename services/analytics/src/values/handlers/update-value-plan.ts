import { isDeepStrictEqual } from "node:util";
import { enqueue } from "@guanxi/bus/enqueue";
import { ValuePlanChanged } from "@guanxi/contract/guanxi/analytics/v1/value_plan_events";
import { type UpdateValuePlanRequest, ValuePlan } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { record } from "@guanxi/kit/store";
import { NIGHTLY_RUN } from "../night.ts";
import { withCells } from "../rfm-cells.ts";
import { changePlan, nextNight, presentPlan } from "../value-plan.ts";
import { lockPlan, valuePlans } from "../value-plans.ts";

export const updateValuePlan = command<UpdateValuePlanRequest, ValuePlan>(async (request, at) => {
  const { valuePlan: sent, etag, updateMask } = request;
  const before = await lockPlan(at);
  requireEtag(before, etag);
  const merged = at.check(ValuePlan, merge(ValuePlan, presentPlan(before), sent, updateMask), "value_plan");
  const after = changePlan(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before))
    return withCells(presentPlan(before));
  // A job of yesterday's hour is moved; where nights are off from now on, it looks, finds that, and ends.
  if (after.nightly) enqueue(at, NIGHTLY_RUN, after.planId, nextNight(after, at.timeZone, at.now));
  return withCells(presentPlan(record(at, valuePlans, after, ValuePlanChanged)));
});
