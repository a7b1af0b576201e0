import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignCostRecorded } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { RecordCampaignCostRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { addCost } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { present } from "../present.ts";

export const recordCampaignCost = command<RecordCampaignCostRequest, Campaign>(async (request, at) => {
  const { campaignId, etag, amount, note } = request;
  const before = await lock(at, campaigns, campaignId);
  matchEtag(before, etag);
  const after = addCost(before, amount!, at.now);
  return present(record(at, campaigns, after, CampaignCostRecorded, { note }));
});
