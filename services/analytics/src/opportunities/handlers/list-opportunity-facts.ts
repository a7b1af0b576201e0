import type {
  ListOpportunityFactsRequest,
  ListOpportunityFactsResponse,
  OpportunityFact,
} from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import { Opportunity_LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { dateOrNone } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { opportunityFields } from "../opportunity-fields.ts";
import { type SeenOpportunity, seenOpportunities } from "../seen-opportunities.ts";

export const listOpportunityFacts = query<ListOpportunityFactsRequest, ListOpportunityFactsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, seenOpportunities, {
      request,
      catalogue: opportunityFields,
      orders: ["opportunity_id", "close_date", "open_date", "amount"],
    });
    return { opportunityFacts: items.map(present), nextPageToken };
  },
);

const belonging = ({ customerId, ownerId, teamId, managerId, regionId }: SeenOpportunity) => ({
  customerId: customerId ?? "",
  ownerId: ownerId ?? "",
  teamId: teamId ?? "",
  managerId: managerId ?? "",
  regionId: regionId ?? "",
});

const present = (seen: SeenOpportunity): OpportunityFact => ({
  ...belonging(seen),
  opportunityId: seen.opportunityId,
  displayName: seen.displayName,
  pipelineId: seen.pipelineId,
  stageId: seen.stageId,
  stageType: numberOf(Stage_Type, seen.stageType || null),
  amount: seen.amountMicros === null ? undefined : moneyOf(seen.amountMicros, seen.currencyCode),
  probability: seen.probability,
  productIds: [...seen.productIds],
  customerRegionCode: seen.customerRegionCode ?? "",
  sourceChannel: seen.sourceChannel ?? "",
  openDate: dateOrNone(seen.openDate),
  closeDate: dateOrNone(seen.closeDate),
  expectedCloseDate: dateOrNone(seen.expectedCloseDate),
  lostReason: numberOf(Opportunity_LostReason, seen.lostReason),
  cycleDays: seen.cycleDays ?? undefined,
});
