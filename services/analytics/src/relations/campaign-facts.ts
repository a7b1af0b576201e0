import type { State } from "@guanxi/kit/columns";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface CampaignFact extends State {
  readonly campaignId: string;
  readonly displayName: string;
  readonly kind: string;
  readonly status: string;
  readonly costCurrencyCode: string | null;
  readonly costMicros: bigint | null;
  readonly startDate: string | null;
}

export const campaignFacts = table({
  entity: new EntitySchema<CampaignFact>({
    name: "campaign_fact",
    tableName: "campaign_facts",
    columns: {
      campaignId: { name: "campaign_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      kind: { type: "text" },
      status: { type: "text" },
      costCurrencyCode: { name: "cost_currency_code", type: "text", nullable: true },
      costMicros: { name: "cost_micros", type: "bigint", nullable: true },
      startDate: { name: "start_date", type: "date", nullable: true },
      version: { type: "int" },
    },
  }),
});
