import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { CampaignState } from "../campaigns/campaign-state.ts";
import { campaigns } from "../campaigns/campaigns.ts";

const MOST = 200;

/** In the order of their creation. */
export const campaignsOfPlan = async (at: At, planId: string): Promise<CampaignState[]> =>
  named<CampaignState>(at, {
    name: "campaigns of plan",
    text: `${campaigns.select} where plan_id = $1 order by create_time, campaign_id limit ${MOST}`,
    values: [planId],
  });
