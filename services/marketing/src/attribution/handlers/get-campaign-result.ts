import {
  AttributionModel,
  type CampaignResult,
  type GetCampaignResultRequest,
} from "@guanxi/contract/guanxi/marketing/v1/attribution_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { MICROS, moneyOf } from "@guanxi/kit/micros";
import { get } from "@guanxi/kit/store";
import { campaigns } from "../../campaigns/campaigns.ts";
import { rateOf, roiOf } from "../rates.ts";
import { broughtBy, memberCounts, NOTHING } from "../results.ts";

export const getCampaignResult = query<GetCampaignResultRequest, CampaignResult>(async (request, at) => {
  const campaign = await get(at, campaigns, request.campaignId);
  const { campaignId, currencyCode, cost } = campaign;
  const model = nameOf(AttributionModel, request.model) ?? "LAST_TOUCH";
  const [counts, brought] = await Promise.all([
    memberCounts(at, campaignId),
    broughtBy(at, { campaignIds: [campaignId], model, currencyCode }),
  ]);
  const { revenue, margin, conversions, credit } = brought.get(campaignId) ?? NOTHING;
  return {
    campaignId,
    model: AttributionModel[model],
    members: BigInt(counts.members),
    sent: rateOf(counts.sent, counts.members),
    delivered: rateOf(counts.delivered, counts.sent),
    opened: rateOf(counts.opened, counts.delivered),
    clicked: rateOf(counts.clicked, counts.delivered),
    responded: rateOf(counts.responded, counts.sent),
    converted: rateOf(counts.converted, counts.members),
    unsubscribed: rateOf(counts.unsubscribed, counts.delivered),
    revenue: moneyOf(revenue, currencyCode),
    margin: moneyOf(margin, currencyCode),
    cost: moneyOf(cost, currencyCode),
    roi: roiOf(margin, cost),
    conversions: BigInt(conversions),
    conversionCredit: Number(credit) / Number(MICROS),
  };
});
