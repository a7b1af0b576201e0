import type {
  CampaignProgress,
  GetCampaignProgressRequest,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { campaigns } from "../campaigns.ts";
import { progressOf } from "../progress.ts";

export const getCampaignProgress = query<GetCampaignProgressRequest, CampaignProgress>(
  async ({ campaignId }, at) => progressOf(at, await get(at, campaigns, campaignId)),
);
