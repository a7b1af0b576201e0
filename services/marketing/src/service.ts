// The RPC table: one name per line.
import type { Context } from "@guanxi/bus/app";
import type { CampaignServiceServer } from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import type { SuppressionServiceServer } from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import type { Handlers } from "@guanxi/kit/handler";
import { abortCampaign } from "./campaigns/handlers/abort-campaign.ts";
import { completeCampaign } from "./campaigns/handlers/complete-campaign.ts";
import { createCampaign } from "./campaigns/handlers/create-campaign.ts";
import { getCampaignProgress } from "./campaigns/handlers/get-campaign-progress.ts";
import { getCampaign } from "./campaigns/handlers/get-campaign.ts";
import { launchCampaign } from "./campaigns/handlers/launch-campaign.ts";
import { listCampaignMessages } from "./campaigns/handlers/list-campaign-messages.ts";
import { listCampaigns } from "./campaigns/handlers/list-campaigns.ts";
import { pauseCampaign } from "./campaigns/handlers/pause-campaign.ts";
import { previewAudience } from "./campaigns/handlers/preview-audience.ts";
import { recordCampaignCost } from "./campaigns/handlers/record-campaign-cost.ts";
import { resumeCampaign } from "./campaigns/handlers/resume-campaign.ts";
import { updateCampaign } from "./campaigns/handlers/update-campaign.ts";
import { addCampaignMembers } from "./members/handlers/add-campaign-members.ts";
import { listCampaignMembers } from "./members/handlers/list-campaign-members.ts";
import { recordResponse } from "./members/handlers/record-response.ts";
import { removeCampaignMembers } from "./members/handlers/remove-campaign-members.ts";
import { getSendingPolicy } from "./policies/handlers/get-sending-policy.ts";
import { updateSendingPolicy } from "./policies/handlers/update-sending-policy.ts";
import { createSuppression } from "./suppressions/handlers/create-suppression.ts";
import { deleteSuppression } from "./suppressions/handlers/delete-suppression.ts";
import { listSuppressions } from "./suppressions/handlers/list-suppressions.ts";

/** Who is meant is asked of others, by what the service is told of them. */
export const campaignService = ({
  settings,
}: Pick<Context, "settings">): Handlers<CampaignServiceServer> => ({
  abortCampaign,
  addCampaignMembers,
  completeCampaign,
  createCampaign: createCampaign(settings),
  getCampaign,
  getCampaignProgress,
  getSendingPolicy,
  launchCampaign: launchCampaign(settings),
  listCampaignMembers,
  listCampaignMessages,
  listCampaigns,
  pauseCampaign,
  previewAudience: previewAudience(settings),
  recordCampaignCost,
  recordResponse,
  removeCampaignMembers,
  resumeCampaign,
  updateCampaign: updateCampaign(settings),
  updateSendingPolicy,
});

export const suppressionService: Handlers<SuppressionServiceServer> = {
  createSuppression,
  deleteSuppression,
  listSuppressions,
};
