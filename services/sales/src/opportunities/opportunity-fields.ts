// What a condition over opportunities may name, as published at ListOpportunitiesRequest.filter.
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Opportunity_LostReason, Opportunity_Type } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory, Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { catalogue, type Field, type FieldType } from "@guanxi/kit/filter/catalogue";
import { namesOf } from "@guanxi/kit/enum-names";
import type { OpportunityState } from "./opportunity-state.ts";

type Plain = Exclude<FieldType, "tags">;

/** A field of the API whose value stands in the column of the same name. */
const column = (
  name: string,
  type: Plain,
  read: (opportunity: OpportunityState) => unknown,
  more: Partial<Field<OpportunityState>> = {},
): Field<OpportunityState> => ({ name, type, stored: { column: name }, read, ...more });

export const opportunityFields = catalogue<OpportunityState>(
  { id: "opportunity_id", side: "opportunity_values" },
  [
    column("customer_id", "id", ({ customerId }) => customerId),
    column("owner_id", "id", ({ ownerId }) => ownerId),
    column("pipeline_id", "id", ({ pipelineId }) => pipelineId),
    column("stage_id", "text", ({ stageId }) => stageId),
    column("stage_type", "enum", ({ stageType }) => stageType, { values: namesOf(Stage_Type) }),
    column("amount", "decimal", ({ amount }) => amount, { order: "amount_order" }),
    column("currency_code", "text", ({ currencyCode }) => currencyCode),
    column("probability", "int", ({ probability }) => BigInt(probability)),
    column("forecast_category", "enum", ({ forecastCategory }) => forecastCategory, {
      values: namesOf(ForecastCategory),
    }),
    column("open_date", "date", ({ openDate }) => openDate),
    column("expected_close_date", "date", ({ expectedCloseDate }) => expectedCloseDate, {
      order: "expected_close_order",
    }),
    column("close_date", "date", ({ closeDate }) => closeDate),
    column("lost_reason", "enum", ({ lostReason }) => lostReason, {
      values: namesOf(Opportunity_LostReason),
    }),
    {
      name: "product_ids",
      type: "tags",
      stored: { kind: "product_id" },
      read: ({ productIds }) => productIds,
    },
    column("type", "enum", ({ type }) => type, { values: namesOf(Opportunity_Type) }),
    column("source_channel", "enum", ({ sourceChannel }) => sourceChannel, {
      values: namesOf(Source_Channel),
    }),
    column("next_step_date", "date", ({ nextStepDate }) => nextStepDate),
    column("create_time", "time", ({ createTime }) => createTime),
    column("update_time", "time", ({ updateTime }) => updateTime),
  ],
);
