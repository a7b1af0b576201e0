// Each version of each plan as the public saw it, kept for ever (R123).
import { MarketingPlan } from "@guanxi/contract/guanxi/marketing/v1/marketing_plan";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { history } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { PlanState } from "./plan-state.ts";
import { presentPlan } from "./present.ts";

/** A row that `record` has added beside the plan. */
interface PlanVersion {
  readonly versionId: string;
  readonly planId: string;
  readonly version: number;
  readonly time: Date;
  readonly actorName: string;
  /** The message, encoded. */
  readonly state: Uint8Array;
}

export const versionSide = history<PlanState>(
  "marketing_plan_versions",
  { version: "int", time: "timestamptz", actor_name: "text", state: "bytea" },
  ({ after, principal }) => [
    {
      version: after.version,
      time: after.updateTime,
      actor_name: principal.name,
      state: Buffer.from(MarketingPlan.encode(presentPlan(after)).finish()),
    },
  ],
);

export const planVersions = table({
  entity: new EntitySchema<PlanVersion>({
    name: "marketing_plan_version",
    tableName: "marketing_plan_versions",
    columns: {
      versionId: { name: "version_id", type: "uuid", primary: true },
      planId: { name: "plan_id", type: "uuid" },
      version: { type: "int" },
      time: { type: "timestamptz" },
      actorName: { name: "actor_name", type: "text" },
      state: { type: "bytea" },
    },
  }),
});

export const versionFields = catalogue<PlanVersion>({ id: "version_id", side: "" }, [
  { name: "version", type: "int", stored: { column: "version" }, read: ({ version }) => BigInt(version) },
]);

export const ofPlan = (planId: string) => where("plan_id = ?::uuid", planId);
