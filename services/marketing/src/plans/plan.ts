// What a plan may be, and how it changes.
import type { MarketingPlan, PlanTarget } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { amountViolations, sentMicros } from "../amounts.ts";
import { refuseAny, sentDay, spanViolations } from "../dates.ts";
import type { PlanState, StoredTarget } from "./plan-state.ts";

/** A new id for each target that has none. */
type NewId = () => string;

export const create = (sent: MarketingPlan, newId: NewId, now: Date): PlanState => ({
  planId: newId(),
  ...particulars(sent, newId),
  state: "ACTIVE",
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(before: PlanState, sent: MarketingPlan, newId: NewId, now: Date): PlanState {
  if (before.state === "CLOSED") throw planClosed();
  return { ...before, ...particulars(sent, newId), updateTime: now };
}

export const planClosed = () =>
  refuse("precondition", "PLAN_CLOSED", "The plan is over: make another one for what comes next.");

export const close = (before: PlanState, now: Date): PlanState =>
  before.state === "CLOSED" ? before : { ...before, state: "CLOSED", updateTime: now };

function particulars(sent: MarketingPlan, newId: NewId) {
  refuseAny([
    ...amountViolations("marketing_plan.budget", sent.budget),
    ...spanViolations("marketing_plan", sent),
    ...targetViolations(sent),
  ]);
  return {
    name: sent.name,
    segmentIds: sent.segmentIds.map((id) => id.toLowerCase()),
    targets: sent.targets.map((target) => storedTarget(target, newId)),
    positioning: sent.positioning,
    startDate: sentDay(sent.startDate),
    endDate: sentDay(sent.endDate),
    budget: sentMicros(sent.budget),
    currencyCode: sent.budget?.currencyCode ?? null,
    ownerId: sent.ownerId.toLowerCase() || null,
  };
}

const storedTarget = (
  { targetId, segmentId, size, score, reason }: PlanTarget,
  newId: NewId,
): StoredTarget => ({
  targetId: targetId.toLowerCase() || newId(),
  segmentId: segmentId.toLowerCase(),
  size: Number(size),
  score,
  reason,
});

/** A target is a choice among what was considered, and each is one. */
function targetViolations({ segmentIds, targets }: MarketingPlan): Violation[] {
  const considered = new Set(segmentIds.map((id) => id.toLowerCase()));
  const ids = targets.map(({ targetId }) => targetId.toLowerCase());
  return targets.flatMap(({ segmentId, size }, index) => {
    const place = `marketing_plan.targets[${index}]`;
    const isTwice = ids[index] !== "" && ids.indexOf(ids[index]!) < index;
    return [
      ...(considered.has(segmentId.toLowerCase()) ? [] : [notConsidered(`${place}.segment_id`)]),
      ...(isTwice
        ? [{ field: `${place}.target_id`, description: "is that of one before it", reason: "TARGET_TWICE" }]
        : []),
      ...(size <= MOST_CUSTOMERS
        ? []
        : [{ field: `${place}.size`, description: "is more than there are people", reason: "INVALID_SIZE" }]),
    ];
  });
}

const MOST_CUSTOMERS = 10_000_000_000n;

const notConsidered = (field: string): Violation => ({
  field,
  description: "is not among the segments of the plan: add it there",
  reason: "TARGET_NOT_CONSIDERED",
});
