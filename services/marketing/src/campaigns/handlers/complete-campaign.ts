import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignCompleted } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { CompleteCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { sendSoon } from "../../sending/due-steps.ts";
import { complete } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { present } from "../present.ts";

export const completeCampaign = command<CompleteCampaignRequest, Campaign>(
  async ({ campaignId, etag }, at) => {
    const before = await lock(at, campaigns, campaignId);
    matchEtag(before, etag);
    const after = complete(before, at.now);
    if (after === before) return present(before);
    sendSoon(at, campaignId);
    return present(record(at, campaigns, after, CampaignCompleted));
  },
);
