import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import type { GetCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { campaigns } from "../campaigns.ts";
import { present } from "../present.ts";

export const getCampaign = query<GetCampaignRequest, Campaign>(async ({ campaignId }, at) =>
  present(await get(at, campaigns, campaignId)),
);
