import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find } from "@guanxi/kit/store";
import { campaigns } from "./campaigns.ts";

/** Refuses a campaign that is not here; none is as good as one. */
export async function requireCampaign(at: At, campaignId: string, field: string): Promise<void> {
  if (campaignId === "") return;
  const found = await find(at, campaigns, [campaignId.toLowerCase()]);
  if (found.length > 0) return;
  throw refuse("invalid", "UNKNOWN_CAMPAIGN", `There is no campaign ${campaignId} here.`, [
    { field, description: "is no campaign here", reason: "UNKNOWN_CAMPAIGN" },
  ]);
}
