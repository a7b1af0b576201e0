import type { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignLaunched } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { LaunchCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { requireTracking } from "../../tracking/settings.ts";
import { dueOfMembers } from "../../sending/due-steps.ts";
import { readAudience } from "../audience-job.ts";
import { launch } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { keepLaunch } from "../launches.ts";
import { present } from "../present.ts";
import { requireTemplates } from "../references.ts";

export const launchCampaign = (settings: object) =>
  command<LaunchCampaignRequest, Campaign>(async ({ campaignId, etag }, at) => {
    const before = await lock(at, campaigns, campaignId);
    matchEtag(before, etag);
    const after = launch(before, at.now);
    if (after === before) return present(before);
    requireTracking(settings);
    await requireTemplates(at, after);
    keepLaunch(at, campaignId, false);
    dueOfMembers(at, after);
    readAudience(at, campaignId);
    return present(record(at, campaigns, after, CampaignLaunched));
  });
