// What a campaign has to send, as it falls due: some members at a time, each time in one transaction with the ledger.
import type { Job } from "@guanxi/bus/app";
import { CampaignCompleted } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { At } from "@guanxi/kit/at";
import { instantOf } from "@guanxi/import/values/zone";
import { lockFound, record } from "@guanxi/kit/store";
import { complete } from "../campaigns/campaign.ts";
import type { CampaignState } from "../campaigns/campaign-state.ts";
import { campaigns } from "../campaigns/campaigns.ts";
import { isAudienceRead } from "../campaigns/launches.ts";
import { requireTracking, type Tracking } from "../tracking/settings.ts";
import { decideBatch } from "./decide-batch.ts";
import { CAMPAIGN_SEND, dueSteps, forgetLater, nextDue } from "./due-steps.ts";

const BATCH = 200;
/** Then the next job may have the place. */
const TURN_MS = 10_000;
const DAY_MS = 86_400_000;

/** More at once, when something falls due again, or nothing any more. */
type Outcome = "more" | Date | undefined;

export const campaignSendJob: Job = {
  name: CAMPAIGN_SEND,
  async run({ tenantId, subjectId, signal }, { settings, settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "marketing/sending" };
    const tracking = requireTracking(settings);
    const end = performance.now() + TURN_MS;
    let outcome: Outcome = "more";
    while (outcome === "more") {
      signal.throwIfAborted();
      if (performance.now() > end) return { afterMs: 0 };
      outcome = await act(as, (at) => advance(at, subjectId, tracking));
    }
    return outcome && { again: outcome };
  },
};

const OVER: Partial<Record<CampaignState["status"], string>> = {
  ABORTED: "CAMPAIGN_ABORTED",
  COMPLETED: "CAMPAIGN_COMPLETED",
};

/** Under the lock of the campaign: whoever pauses or gives it up waits for a batch, and nothing is asked for behind them. */
async function advance(at: At, campaignId: string, tracking: Tracking): Promise<Outcome> {
  const [campaign] = await lockFound(at, campaigns, [campaignId]);
  if (!campaign || campaign.status === "PAUSED" || campaign.status === "PLANNED") return undefined;
  const over = OVER[campaign.status];
  if (over) forgetLater(at, campaignId, campaign.endTime ?? at.now);
  const due = await dueSteps(at, campaignId, BATCH);
  if (due.length > 0) {
    await decideBatch(at, { campaign, tracking, ...(over && { over }) }, due);
    return "more";
  }
  return over ? undefined : whatNext(at, campaign);
}

/** What is due has been decided on: it ends when its last day is over, where it has one, whatever would fall due later. */
async function whatNext(at: At, campaign: CampaignState): Promise<Outcome> {
  const next = await nextDue(at, campaign.campaignId);
  if (!campaign.endDate || !(await isAudienceRead(at, campaign.campaignId))) return next;
  const end = new Date(instantOf(Date.parse(`${campaign.endDate}T00:00:00Z`) + DAY_MS, at.timeZone));
  if (at.now < end) return next && next < end ? next : end;
  record(at, campaigns, complete(campaign, at.now), CampaignCompleted);
  return "more";
}
