import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignResumed } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { ResumeCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { sendSoon } from "../../sending/due-steps.ts";
import { readAudience } from "../audience-job.ts";
import { resume } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { present } from "../present.ts";

export const resumeCampaign = command<ResumeCampaignRequest, Campaign>(async ({ campaignId, etag }, at) => {
  const before = await lock(at, campaigns, campaignId);
  matchEtag(before, etag);
  const after = resume(before, at.now);
  if (after === before) return present(before);
  readAudience(at, campaignId);
  sendSoon(at, campaignId);
  return present(record(at, campaigns, after, CampaignResumed));
});
