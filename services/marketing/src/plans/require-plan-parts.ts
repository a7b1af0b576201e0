import type { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { requireSegments } from "../projections/segments.ts";
import type { PlanState } from "./plan-state.ts";

export const requirePlanParts = (at: At, { segmentIds }: MarketingPlan): Promise<void> =>
  requireSegments(
    at,
    segmentIds.map((id) => id.toLowerCase()),
    "marketing_plan.segment_ids",
  );

/** A campaign would be for nobody: its target stays. */
export async function requireTargetsFree(at: At, before: PlanState, after: PlanState): Promise<void> {
  const left = new Set(after.targets.map(({ targetId }) => targetId));
  const gone = before.targets.map(({ targetId }) => targetId).filter((id) => !left.has(id));
  if (gone.length === 0) return;
  const [used] = await named<{ name: string }>(at, {
    name: "campaigns of targets",
    text: "select name from campaigns where plan_id = $1 and target_id = any($2::uuid[]) limit 1",
    values: [before.planId, gone],
  });
  if (!used) return;
  throw refuse(
    "precondition",
    "TARGET_IN_USE",
    `The campaign ${used.name} is for a target that would go: keep it.`,
  );
}
