import type {
  AddCampaignMembersRequest,
  AddCampaignMembersResponse,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { get, lock } from "@guanxi/kit/store";
import { addMembers } from "../../campaigns/audience-job.ts";
import { requireGoesOn } from "../../campaigns/campaign.ts";
import { campaigns } from "../../campaigns/campaigns.ts";
import { requireCustomers } from "../../campaigns/references.ts";
import { sendSoon } from "../../sending/due-steps.ts";
import { members, membersAmong } from "../members.ts";
import { presentMember } from "../present.ts";

export const addCampaignMembers = command<AddCampaignMembersRequest, AddCampaignMembersResponse>(
  async (request, at) => {
    const campaign = await lock(at, campaigns, request.campaignId);
    matchEtag(campaign, request.etag);
    requireGoesOn(campaign);
    const namedIds = request.customerIds.map((id) => id.toLowerCase());
    const customerIds = await requireCustomers(at, namedIds);
    const there = await membersAmong(at, campaign.campaignId, customerIds);
    const made = await addMembers(at, campaign, customerIds, "MANUAL");
    if (made.length > 0 && campaign.status === "ACTIVE") sendSoon(at, campaign.campaignId);
    const before = await get(at, members, [...there.values()]);
    return { members: [...before, ...made].map(presentMember) };
  },
);
