import type { CampaignMember } from "@guanxi/contract/guanxi/marketing/v1/campaign_member";
import { MemberChanged, MemberResponded } from "@guanxi/contract/guanxi/marketing/v1/campaign_member_events";
import type { RecordResponseRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { reached } from "../member.ts";
import { members } from "../members.ts";
import { presentMember } from "../present.ts";

export const recordResponse = command<RecordResponseRequest, CampaignMember>(async (request, at) => {
  const before = await lock(at, members, request.memberId);
  matchEtag(before, request.etag);
  const after = { ...reached(before, "RESPONDED", at.now), response: request.response.trim() };
  if (before.respondedTime === null) return presentMember(record(at, members, after, MemberResponded));
  if (after.response === before.response) return presentMember(before);
  return presentMember(record(at, members, after, MemberChanged));
});
