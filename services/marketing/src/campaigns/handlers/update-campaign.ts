import { isDeepStrictEqual } from "node:util";
import { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignChanged } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { UpdateCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { requireEtag } from "@guanxi/kit/etag";
import type { At } from "@guanxi/kit/at";
import { asking, type FileCall } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { get, lock, record } from "@guanxi/kit/store";
import { sendSoon } from "../../sending/due-steps.ts";
import { audienceOf, change } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { isAudienceRead } from "../launches.ts";
import { present } from "../present.ts";
import { requireReferences } from "../references.ts";
import { requireCondition } from "../require-condition.ts";

export const updateCampaign = (settings: object) =>
  asking<UpdateCampaignRequest, void, Campaign>(
    "command",
    async (request, call) => requireCondition(settings, call, await newCondition(request, call)),
    update,
  );

/** Empty where it stays as it is: whoever wrote it was examined then. */
async function newCondition(
  { campaign: sent, updateMask }: UpdateCampaignRequest,
  { query }: FileCall,
): Promise<string> {
  if (!sent?.audience?.condition) return "";
  const before = await query((at) => get(at, campaigns, sent.campaignId));
  const { condition } = audienceOf(merge(Campaign, present(before), sent, updateMask));
  return condition === before.audience.condition ? "" : condition;
}

async function update(request: UpdateCampaignRequest, at: At): Promise<Campaign> {
  const { campaign: sent, etag, updateMask } = request;
  const before = await lock(at, campaigns, sent?.campaignId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Campaign, merge(Campaign, present(before), sent, updateMask), "campaign");
  // While it goes on its audience may be being read, by what it was.
  const audienceRead = before.status !== "PAUSED" || (await isAudienceRead(at, before.campaignId));
  const after = change(before, merged, { now: at.now, audienceRead });
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requireReferences(at, after);
  if (after.status === "ACTIVE" && after.endDate !== before.endDate) sendSoon(at, after.campaignId);
  return present(record(at, campaigns, after, CampaignChanged));
}
