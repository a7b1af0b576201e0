// A customer who comes into a stage gets what its playbooks say, once for each time (R042).
import { on } from "@guanxi/bus/reaction";
import { LifecycleStageChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { PlaybookStarted } from "@guanxi/contract/guanxi/marketing/v1/playbook_run_events";
import { followIfMerged } from "@guanxi/directory/follow-merges";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { find, lockFound, record } from "@guanxi/kit/store";
import { addMembers } from "../campaigns/audience-job.ts";
import type { CampaignState } from "../campaigns/campaign-state.ts";
import { campaigns } from "../campaigns/campaigns.ts";
import { sendSoon } from "../sending/due-steps.ts";
import { begin } from "./playbook.ts";
import { playbooksOf, runs } from "./playbooks.ts";
import type { RunState } from "./playbook-state.ts";

export const startPlaybooks = on(LifecycleStageChanged, async ({ meta, customer, changedFields }, at) => {
  // What an import says of years ago is no reason to call anybody today.
  if (!meta || !customer || meta.origin !== Origin.LIVE) return;
  if (!changedFields?.includes("lifecycle_stage")) return;
  const stage = nameOf(LifecycleStage, customer.lifecycleStage);
  if (!stage) return;
  const entry = {
    tenantId: at.tenantId,
    customerId: customer.customerId,
    since: customer.lifecycleStageSinceTime ?? meta.time!,
  };
  const begun = (await playbooksOf(at, stage)).map((playbook) => begin(playbook, entry, at.now));
  const known = new Set(
    (
      await find(
        at,
        runs,
        begun.map(({ runId }) => runId),
      )
    ).map(({ runId }) => runId),
  );
  const fresh = begun.filter(({ runId }) => !known.has(runId));
  record(at, runs, fresh, PlaybookStarted);
  if (fresh.length > 0) await followIfMerged(at, customer.customerId);
  await enrol(at, fresh);
});

/** A campaign that is over takes nobody any more; the tasks are for them all the same. */
async function enrol(at: At, begun: readonly RunState[]): Promise<void> {
  for (const { campaignId, customerId } of begun) {
    const [campaign] = campaignId ? await lockFound(at, campaigns, [campaignId]) : [];
    if (!campaign || !TAKES.has(campaign.status)) continue;
    const made = await addMembers(at, campaign, [customerId], "PLAYBOOK");
    if (made.length > 0 && campaign.status === "ACTIVE") sendSoon(at, campaign.campaignId);
  }
}

const TAKES = new Set<CampaignState["status"]>(["PLANNED", "ACTIVE", "PAUSED"]);
