import type {
  ListCampaignsRequest,
  ListCampaignsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { campaignFields, campaigns } from "../campaigns.ts";
import { present } from "../present.ts";

export const listCampaigns = query<ListCampaignsRequest, ListCampaignsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, campaigns, {
    request,
    catalogue: campaignFields,
    orders: ["create_time", "update_time", "name"],
  });
  return { campaigns: items.map(present), nextPageToken };
});
