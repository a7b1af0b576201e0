import { AttributionModel } from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import type {
  GetPlanResultRequest,
  PlanResult,
} from "@guanxi/contract/guanxi/marketing/v1/marketing_plan_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { moneyOf } from "@guanxi/kit/micros";
import { find, get } from "@guanxi/kit/store";
import { roiOf } from "../../attribution/rates.ts";
import { broughtBy, NOTHING } from "../../attribution/results.ts";
import type { CampaignState } from "../../campaigns/campaign-state.ts";
import { segments } from "../../projections/segments.ts";
import { campaignsOfPlan } from "../plan-campaigns.ts";
import { plans } from "../plans.ts";
import type { PlanState } from "../plan-state.ts";
import { presentTarget } from "../present.ts";

export const getPlanResult = query<GetPlanResultRequest, PlanResult>(async (request, at) => {
  const plan = await get(at, plans, request.planId);
  const currencyCode = plan.currencyCode ?? at.currencyCode;
  const model = nameOf(AttributionModel, request.model) ?? "LAST_TOUCH";
  const all = await campaignsOfPlan(at, plan.planId);
  const campaignIds = all.map(({ campaignId }) => campaignId);
  const [brought, known] = await Promise.all([
    broughtBy(at, { campaignIds, model, currencyCode }),
    find(
      at,
      segments,
      plan.targets.map(({ segmentId }) => segmentId),
    ),
  ]);
  const parts = all.map((campaign) => ({
    campaign,
    spend: campaign.currencyCode === currencyCode ? campaign.cost : 0n,
    brought: brought.get(campaign.campaignId) ?? NOTHING,
  }));
  const sum = (of: (part: (typeof parts)[number]) => bigint) =>
    parts.reduce((total, part) => total + of(part), 0n);
  const [spend, margin] = [sum((part) => part.spend), sum((part) => part.brought.margin)];
  const money = (micros: bigint) => moneyOf(micros, currencyCode);
  return {
    planId: plan.planId,
    budget: plan.budget === null ? undefined : money(plan.budget),
    spend: money(spend),
    variance: plan.budget === null ? undefined : money(plan.budget - spend),
    revenue: money(sum((part) => part.brought.revenue)),
    margin: money(margin),
    roi: roiOf(margin, spend),
    model: AttributionModel[model],
    campaigns: parts.map((part) => ({
      campaignId: part.campaign.campaignId,
      name: part.campaign.name,
      targetId: part.campaign.targetId,
      spend: money(part.spend),
      revenue: money(part.brought.revenue),
      margin: money(part.brought.margin),
    })),
    targets: targetsOf(plan, all, new Map(known.map((segment) => [segment.segmentId, segment]))),
  };
});

type Known = ReadonlyMap<string, { readonly name: string; readonly studyId: string | null }>;

const targetsOf = (plan: PlanState, all: readonly CampaignState[], known: Known) =>
  plan.targets.map((target) => ({
    target: presentTarget(target),
    segmentName: known.get(target.segmentId)?.name ?? "",
    studyId: known.get(target.segmentId)?.studyId ?? "",
    campaigns: all.filter(({ targetId }) => targetId === target.targetId).length,
  }));
