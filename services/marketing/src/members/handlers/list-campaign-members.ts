import type {
  ListCampaignMembersRequest,
  ListCampaignMembersResponse,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { memberFields, members, ofCampaign } from "../members.ts";
import { presentMember } from "../present.ts";

export const listCampaignMembers = query<ListCampaignMembersRequest, ListCampaignMembersResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, members, {
      request,
      catalogue: memberFields,
      orders: ["targeted_time"],
      where: [ofCampaign(request.campaignId.toLowerCase())],
    });
    return { members: items.map(presentMember), nextPageToken };
  },
);
