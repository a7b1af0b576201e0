import type { MarketingEvent } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import type { At } from "@guanxi/kit/at";
import { requireCampaign } from "../campaigns/require-campaign.ts";

export const requireEventParts = (at: At, { campaignId }: MarketingEvent): Promise<void> =>
  requireCampaign(at, campaignId, "marketing_event.campaign_id");
