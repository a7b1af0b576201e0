import { Campaign, Campaign_Status } from "@guanxi/contract/guanxi/marketing/v1/campaign";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { CampaignState } from "./campaign-state.ts";
import { present } from "./present.ts";

const campaignTable = new EntitySchema<CampaignState>({
  name: "campaign",
  tableName: "campaigns",
  columns: {
    campaignId: { name: "campaign_id", type: "uuid", primary: true },
    name: { type: "text" },
    description: { type: "text" },
    kind: { type: "text" },
    planId: { name: "plan_id", type: "uuid" },
    targetId: { name: "target_id", type: "uuid" },
    audience: { type: "jsonb" },
    steps: { type: "jsonb" },
    startDate: { name: "start_date", type: "date", nullable: true },
    endDate: { name: "end_date", type: "date", nullable: true },
    budget: { type: "bigint", nullable: true },
    cost: { type: "bigint" },
    currencyCode: { name: "currency_code", type: "text" },
    attributionDays: { name: "attribution_days", type: "int" },
    ownerId: { name: "owner_id", type: "uuid", nullable: true },
    status: { type: "text" },
    pauseReason: { name: "pause_reason", type: "text" },
    launchTime: { name: "launch_time", type: "timestamptz", nullable: true },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

export const campaigns = table({ entity: campaignTable, message: Campaign, present });

const column = (
  name: string,
  type: "id" | "text" | "enum" | "time" | "date",
  read: (it: CampaignState) => unknown,
  values?: readonly string[],
): Field<CampaignState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over campaigns may name, as published at ListCampaignsRequest.filter. */
export const campaignFields = catalogue<CampaignState>({ id: "campaign_id", side: "" }, [
  column("status", "enum", ({ status }) => status, namesOf(Campaign_Status)),
  column("kind", "text", ({ kind }) => kind),
  column("name", "text", ({ name }) => name),
  column("plan_id", "id", ({ planId }) => planId),
  column("target_id", "id", ({ targetId }) => targetId),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("launch_time", "time", ({ launchTime }) => launchTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
