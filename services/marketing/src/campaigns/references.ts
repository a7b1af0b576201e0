// What a campaign names has to be there.
import { livingOf } from "@guanxi/directory/living";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { planClosed } from "../plans/plan.ts";
import { plans } from "../plans/plans.ts";
import { customersOf } from "../projections/customers.ts";
import { requireSegments } from "../projections/segments.ts";
import { templates } from "../templates/templates.ts";
import type { CampaignState } from "./campaign-state.ts";

export async function requireReferences(at: At, campaign: CampaignState): Promise<void> {
  const { audience, ownerId } = campaign;
  await Promise.all([
    requireTarget(at, campaign),
    requireTemplates(at, campaign),
    requireSegments(
      at,
      [...new Set([...audience.segmentIds, ...audience.excludedSegmentIds])],
      "campaign.audience",
    ),
    requireUser(at, ownerId ?? "", "campaign.owner_id"),
  ]);
}

/** A campaign serves a target of a plan (R122). */
async function requireTarget(at: At, { planId, targetId, version }: CampaignState): Promise<void> {
  const [plan] = await find(at, plans, [planId]);
  if (version === 0 && plan?.state === "CLOSED") throw planClosed();
  if (plan?.targets.some((target) => target.targetId === targetId)) return;
  throw refuse(
    "precondition",
    "TARGET_REQUIRED",
    "Name a marketing plan and one of its targets that the campaign serves.",
    [{ field: "campaign.target_id", description: "is no target of the plan", reason: "TARGET_REQUIRED" }],
  );
}

export async function requireTemplates(at: At, { steps }: CampaignState): Promise<void> {
  const ids = [...new Set(steps.map(({ templateId }) => templateId))];
  const found = await find(at, templates, ids);
  const active = new Set(found.filter(({ state }) => state === "ACTIVE").map(({ templateId }) => templateId));
  const missing = ids.filter((id) => !active.has(id));
  if (missing.length === 0) return;
  throw refuse("invalid", "UNKNOWN_TEMPLATE", `There is no template ${missing.join(", ")} to use.`, [
    { field: "campaign.steps", description: "names a template that is not here", reason: "UNKNOWN_TEMPLATE" },
  ]);
}

/** Refuses customers that nobody has heard of here; answers whom they have become, each once. */
export async function requireCustomers(at: At, customerIds: readonly string[]): Promise<string[]> {
  const [known, living] = await Promise.all([customersOf(at, customerIds), livingOf(at, customerIds)]);
  const missing = customerIds.filter((id) => !known.has(id));
  if (missing.length === 0) return [...new Set(living.values())];
  throw refuse("invalid", "UNKNOWN_CUSTOMER", `There is no customer ${missing.join(", ")} here.`, [
    { field: "customer_ids", description: "names a customer that is not here", reason: "UNKNOWN_CUSTOMER" },
  ]);
}
