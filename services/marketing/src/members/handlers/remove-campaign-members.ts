import { MemberSuppressed } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import type {
  RemoveCampaignMembersRequest,
  RemoveCampaignMembersResponse,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock, record } from "@guanxi/kit/store";
import { campaigns } from "../../campaigns/campaigns.ts";
import { remove } from "../member.ts";
import { members } from "../members.ts";
import { presentMember } from "../present.ts";

export const removeCampaignMembers = command<RemoveCampaignMembersRequest, RemoveCampaignMembersResponse>(
  async ({ campaignId, etag, memberIds }, at) => {
    const campaign = await lock(at, campaigns, campaignId);
    matchEtag(campaign, etag);
    const before = await lock(at, members, [...new Set(memberIds.map((id) => id.toLowerCase()))].toSorted());
    if (before.some((member) => member.campaignId !== campaignId))
      throw refuse("notFound", "NOT_FOUND", "Not all of these are members of this campaign.");
    const after = before.map(remove);
    const changed = after.filter((member, index) => member !== before[index]);
    const kept = new Map(record(at, members, changed, MemberSuppressed).map((it) => [it.memberId, it]));
    return { members: before.map((member) => presentMember(kept.get(member.memberId) ?? member)) };
  },
);
