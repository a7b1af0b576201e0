import { MarketingPlan, MarketingPlan_State } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { side } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { PlanState } from "./plan-state.ts";
import { versionSide } from "./plan-versions.ts";
import { presentPlan } from "./present.ts";

const values = side<PlanState>("marketing_plan_values", { kind: "text", text_value: "text" }, (plan) => [
  ...plan.segmentIds.map((id) => ({ kind: "segment_id", text_value: id })),
  ...plan.targets.map(({ segmentId }) => ({ kind: "target_segment_id", text_value: segmentId })),
]);

export const plans = table({
  entity: new EntitySchema<PlanState>({
    name: "marketing_plan",
    tableName: "marketing_plans",
    columns: {
      planId: { name: "plan_id", type: "uuid", primary: true },
      name: { type: "text" },
      segmentIds: { name: "segment_ids", type: "jsonb" },
      targets: { type: "jsonb" },
      positioning: { type: "text" },
      startDate: { name: "start_date", type: "date", nullable: true },
      endDate: { name: "end_date", type: "date", nullable: true },
      budget: { type: "bigint", nullable: true },
      currencyCode: { name: "currency_code", type: "text", nullable: true },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      state: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: MarketingPlan,
  present: presentPlan,
  sides: [values, versionSide],
});

/** What a condition over plans may name, as published at ListMarketingPlansRequest.filter. */
export const planFields = catalogue<PlanState>({ id: "plan_id", side: "marketing_plan_values" }, [
  column("name", "text", ({ name }) => name),
  column("state", "enum", ({ state }) => state, { values: namesOf(MarketingPlan_State) }),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  {
    name: "segment_ids",
    type: "tags",
    stored: { kind: "segment_id" },
    read: ({ segmentIds }) => segmentIds,
  },
  column("start_date", "date", ({ startDate }) => startDate),
  column("end_date", "date", ({ endDate }) => endDate),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
