import { Campaign } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { CampaignCreated } from "@guanxi/contract/guanxi/marketing/v1/campaign_events";
import type { CreateCampaignRequest } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { asking } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { audienceOf, plan } from "../campaign.ts";
import { campaigns } from "../campaigns.ts";
import { present } from "../present.ts";
import { requireReferences } from "../references.ts";
import { requireCondition } from "../require-condition.ts";

export const createCampaign = (settings: object) =>
  asking<CreateCampaignRequest, void, Campaign>(
    "command",
    ({ campaign }, call) =>
      requireCondition(settings, call, audienceOf(Campaign.fromPartial(campaign ?? {})).condition),
    async (request, at) => {
      const made = plan(Campaign.fromPartial(request.campaign ?? {}), at.newId(), at);
      await requireReferences(at, made);
      return present(record(at, campaigns, made, CampaignCreated));
    },
  );
