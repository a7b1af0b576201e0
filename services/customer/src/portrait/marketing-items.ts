import { Campaign, Campaign_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignMember, CampaignMember_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { onState } from "@guanxi/bus/reaction";
import { nameOf } from "@guanxi/kit/enum-names";
import { followItems } from "./follow-items.ts";
import { dropItems, keepItems } from "./items.ts";

const followMembers = followItems("marketing", CampaignMember, (member, { meta }) => {
  const { campaignId, status, suppressedReason, response } = member;
  return {
    kind: "campaign_member",
    status: nameOf(CampaignMember_Status, status) ?? "",
    open: false,
    time: sinceOf(member) ?? meta.time!,
    body: { campaignId, suppressedReason, response },
  };
});

/** When the furthest it has come was so. */
const sinceOf = (member: CampaignMember): Date | undefined =>
  [
    member.unsubscribedTime,
    member.bouncedTime,
    member.convertedTime,
    member.respondedTime,
    member.clickedTime,
    member.openedTime,
    member.sentTime,
    member.targetedTime,
  ].find((time) => time !== undefined);

/** A campaign is of no customer: it stands here under its own id, for its name. */
const followCampaigns = onState(Campaign, ["portrait_marketing"], (changes, at) => {
  const newest = [...new Map(changes.map((change) => [change.meta.aggregateId, change])).values()];
  keepItems(
    at,
    "marketing",
    newest.flatMap(({ state, meta }) =>
      state
        ? {
            itemId: meta.aggregateId,
            customerId: meta.aggregateId,
            kind: "campaign",
            status: nameOf(Campaign_Status, state.status) ?? "",
            open: false,
            time: state.createTime ?? meta.time!,
            body: { name: state.name },
            version: meta.version,
          }
        : [],
    ),
  );
  dropItems(
    at,
    "marketing",
    newest.filter(({ state }) => !state).map(({ meta }) => meta.aggregateId),
  );
});

export const marketingItems = [followMembers, followCampaigns];
