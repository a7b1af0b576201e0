import { mirror } from "@guanxi/bus/reaction";
import { Campaign, Campaign_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { Competitor } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { microsOf } from "@guanxi/kit/micros";
import { type CampaignFact, campaignFacts } from "./campaign-facts.ts";
import { competitors } from "./competitors.ts";

export const mirrorCampaigns = mirror(
  Campaign,
  campaignFacts,
  ({ campaignId, name, kind, status, cost, startDate }, { version }): CampaignFact => ({
    campaignId,
    displayName: name,
    kind,
    status: nameOf(Campaign_Status, status) ?? "",
    costCurrencyCode: cost?.currencyCode ?? null,
    costMicros: cost ? microsOf(cost) : null,
    startDate: startDate ? dayOf(startDate) : null,
    version,
  }),
);

export const mirrorCompetitors = mirror(Competitor, competitors, ({ competitorId, name }, { version }) => ({
  competitorId,
  displayName: name,
  version,
}));
