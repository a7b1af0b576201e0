import {
  ValuePlan,
  ValuePlan_Basis as Basis,
  ValuePlan_PurchaseModel as PurchaseModel,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { etagOf } from "@guanxi/kit/etag";
import { refuse } from "@guanxi/kit/refuse";
import { Cron } from "croner";

/** How customers are scored. A run keeps a copy of its own. */
export interface PlanTerms {
  readonly purchaseModel: "BG_NBD" | "PARETO_NBD";
  readonly basis: "REVENUE" | "MARGIN";
  readonly horizonWeeks: number;
  readonly yearlyDiscountRate: number;
  readonly gradeAShare: number;
  readonly gradeBShare: number;
  readonly gradeCShare: number;
  readonly dropThreshold: number;
  readonly nightly: boolean;
  readonly nightlyHour: number;
}

export interface ValuePlanState extends PlanTerms {
  /** The tenant's id: there is one plan. */
  readonly planId: string;
  /** Null as long as nobody has changed anything. */
  readonly updateTime: Date | null;
  readonly version: number;
}

/** What holds from the beginning, before there is a row of it. */
export const firstPlan = (tenantId: string): ValuePlanState => ({
  planId: tenantId,
  purchaseModel: "BG_NBD",
  basis: "REVENUE",
  horizonWeeks: 52,
  yearlyDiscountRate: 0.15,
  gradeAShare: 0.1,
  gradeBShare: 0.3,
  gradeCShare: 0.6,
  dropThreshold: 0.3,
  nightly: false,
  nightlyHour: 2,
  updateTime: null,
  version: 0,
});

export const changePlan = (plan: ValuePlanState, sent: ValuePlan, now: Date): ValuePlanState => ({
  ...plan,
  ...termsOf(sent, "value_plan"),
  updateTime: now,
});

/** Of the plan what a run keeps. */
export function copyOf({
  planId: _id,
  updateTime: _time,
  version: _version,
  ...terms
}: ValuePlanState): PlanTerms {
  return terms;
}

/** `path` is where in the request the plan stands. What is unspecified is the default. */
export function termsOf(sent: ValuePlan, path: string): PlanTerms {
  const { gradeAShare, gradeBShare, gradeCShare } = sent;
  if (gradeAShare > gradeBShare) throw falling(`${path}.grade_b_share`, "grade_a_share");
  if (gradeBShare > gradeCShare) throw falling(`${path}.grade_c_share`, "grade_b_share");
  return {
    purchaseModel: sent.purchaseModel === PurchaseModel.PARETO_NBD ? "PARETO_NBD" : "BG_NBD",
    basis: sent.basis === Basis.MARGIN ? "MARGIN" : "REVENUE",
    horizonWeeks: sent.horizonWeeks,
    yearlyDiscountRate: sent.yearlyDiscountRate,
    gradeAShare,
    gradeBShare,
    gradeCShare,
    dropThreshold: sent.dropThreshold,
    nightly: sent.nightly,
    nightlyHour: sent.nightlyHour,
  };
}

function falling(field: string, least: string) {
  const description = `must be at least ${least}: shares count from the top, with the grades above included`;
  return refuse("invalid", "INVALID_REQUEST", "The shares of the grades must rise.", [
    { field, description, reason: "SHARES_MUST_RISE" },
  ]);
}

export const presentTerms = ({ purchaseModel, basis, ...terms }: PlanTerms): ValuePlan =>
  ValuePlan.fromPartial({ ...terms, purchaseModel: PurchaseModel[purchaseModel], basis: Basis[basis] });

export const presentPlan = (plan: ValuePlanState): ValuePlan => ({
  ...presentTerms(copyOf(plan)),
  updateTime: plan.updateTime ?? undefined,
  etag: etagOf(plan),
});

/** In a night without this hour, when clocks go forward, the first moment after it; in one with two of it, the first. */
export function nextNight({ nightlyHour }: PlanTerms, timeZone: string, after: Date): Date {
  return new Cron(`0 ${nightlyHour} * * *`, { timezone: timeZone }).nextRun(after)!;
}
