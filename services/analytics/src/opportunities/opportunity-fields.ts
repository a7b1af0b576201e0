// What a condition over opportunities may name, as published at ListOpportunityFactsRequest.filter.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Opportunity_LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { PRODUCTS } from "./opportunity-facts.ts";
import type { SeenOpportunity } from "./seen-opportunities.ts";

const field = (
  name: string,
  type: Field["type"],
  key: keyof SeenOpportunity,
  more: Partial<Field<SeenOpportunity>> = {},
): Field<SeenOpportunity> => ({ name, type, stored: { column: name }, read: (seen) => seen[key], ...more });

export const opportunityFields = catalogue<SeenOpportunity>(
  { id: "opportunity_id", side: "opportunity_values" },
  [
    field("opportunity_id", "id", "opportunityId"),
    field("customer_id", "id", "customerId"),
    field("owner_id", "id", "ownerId"),
    field("team_id", "id", "teamId"),
    field("manager_id", "id", "managerId"),
    field("region_id", "id", "regionId"),
    field("pipeline_id", "id", "pipelineId"),
    field("stage_id", "text", "stageId"),
    field("stage_type", "enum", "stageType", { values: namesOf(Stage_Type) }),
    field("currency_code", "text", "currencyCode"),
    field("amount", "decimal", "amountMicros", {
      stored: { column: "amount_micros" },
      order: "amount_order",
    }),
    field("product_ids", "tags", "productIds", { stored: { kind: PRODUCTS } }),
    field("customer_region_code", "text", "customerRegionCode"),
    field("source_channel", "enum", "sourceChannel", { values: namesOf(Source_Channel) }),
    field("open_date", "date", "openDate", { order: "open_order" }),
    field("close_date", "date", "closeDate", { order: "close_order" }),
    field("close_month", "text", "closeMonth"),
    field("expected_close_date", "date", "expectedCloseDate"),
    field("lost_reason", "enum", "lostReason", { values: namesOf(Opportunity_LostReason) }),
    field("cycle_days", "int", "cycleDays"),
  ],
);
