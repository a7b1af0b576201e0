import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignPaused } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { PauseCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { pause } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { present } from "../present.ts";

export const pauseCampaign = command<PauseCampaignRequest, Campaign>(
  async ({ campaignId, etag, reason }, at) => {
    const before = await lock(at, campaigns, campaignId);
    matchEtag(before, etag);
    const after = pause(before, at.now, reason);
    if (after === before) return present(before);
    return present(record(at, campaigns, after, CampaignPaused, { reason }));
  },
);
