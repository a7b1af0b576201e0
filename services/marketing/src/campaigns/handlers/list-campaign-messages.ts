import type {
  ListCampaignMessagesRequest,
  ListCampaignMessagesResponse,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { ofCampaign } from "../../members/members.ts";
import { campaignMessages, messageFields } from "../../messages/campaign-messages.ts";
import { presentMessage } from "../../messages/present.ts";

export const listCampaignMessages = query<ListCampaignMessagesRequest, ListCampaignMessagesResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, campaignMessages, {
      request,
      catalogue: messageFields,
      orders: ["request_time"],
      where: [ofCampaign(request.campaignId.toLowerCase())],
    });
    return { messages: items.map(presentMessage), nextPageToken };
  },
);
