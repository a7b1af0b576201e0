import {
  type MarketingPlan,
  MarketingPlan_State,
  type PlanTarget,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { moneyOf } from "@guanxi/kit/micros";
import type { PlanState, StoredTarget } from "./plan-state.ts";

/** The whole public state, as events carry it. */
export const presentPlan = (plan: PlanState): MarketingPlan => ({
  planId: plan.planId,
  name: plan.name,
  segmentIds: [...plan.segmentIds],
  targets: plan.targets.map(presentTarget),
  positioning: plan.positioning,
  startDate: dateOrNone(plan.startDate),
  endDate: dateOrNone(plan.endDate),
  budget: plan.budget === null ? undefined : moneyOf(plan.budget, plan.currencyCode ?? ""),
  ownerId: plan.ownerId ?? "",
  state: numberOf(MarketingPlan_State, plan.state),
  createTime: plan.createTime,
  updateTime: plan.updateTime,
  etag: etagOf(plan),
});

export const presentTarget = (target: StoredTarget): PlanTarget => ({ ...target, size: BigInt(target.size) });
