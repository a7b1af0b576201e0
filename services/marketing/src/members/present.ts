import {
  type CampaignMember,
  CampaignMember_Origin,
  CampaignMember_Status,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { MemberState } from "./member-state.ts";

/** The whole public state, as events carry it. */
export const presentMember = (it: MemberState): CampaignMember => ({
  memberId: it.memberId,
  campaignId: it.campaignId,
  customerId: it.customerId,
  origin: numberOf(CampaignMember_Origin, it.origin),
  status: numberOf(CampaignMember_Status, it.status),
  suppressedReason: it.suppressedReason,
  targetedTime: it.targetedTime,
  sentTime: it.sentTime ?? undefined,
  openedTime: it.openedTime ?? undefined,
  clickedTime: it.clickedTime ?? undefined,
  respondedTime: it.respondedTime ?? undefined,
  convertedTime: it.convertedTime ?? undefined,
  bouncedTime: it.bouncedTime ?? undefined,
  unsubscribedTime: it.unsubscribedTime ?? undefined,
  response: it.response,
  etag: etagOf(it),
});
