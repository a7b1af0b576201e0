import { ValuePlan } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import type { At } from "@guanxi/kit/at";
import { staleEtag } from "@guanxi/kit/etag";
import { find, lockFound } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { firstPlan, presentPlan, type ValuePlanState } from "./value-plan.ts";

const valuePlanTable = new EntitySchema<ValuePlanState>({
  name: "value_plan",
  tableName: "value_plans",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    planId: { name: "plan_id", type: "uuid", primary: true },
    purchaseModel: { name: "purchase_model", type: "text" },
    basis: { type: "text" },
    horizonWeeks: { name: "horizon_weeks", type: "int" },
    yearlyDiscountRate: { name: "yearly_discount_rate", type: "double precision" },
    gradeAShare: { name: "grade_a_share", type: "double precision" },
    gradeBShare: { name: "grade_b_share", type: "double precision" },
    gradeCShare: { name: "grade_c_share", type: "double precision" },
    dropThreshold: { name: "drop_threshold", type: "double precision" },
    nightly: { type: "bool" },
    nightlyHour: { name: "nightly_hour", type: "int" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const valuePlans = table({
  entity: valuePlanTable,
  message: ValuePlan,
  present: presentPlan,
  violations: { value_plans_pkey: staleEtag }, // two first changes at once
});

export const planOf = async (at: At): Promise<ValuePlanState> =>
  (await find(at, valuePlans, [at.tenantId]))[0] ?? firstPlan(at.tenantId);

/** Nobody else changes it, nor begins a run by it at night, before this command has ended. */
export const lockPlan = async (at: At): Promise<ValuePlanState> =>
  (await lockFound(at, valuePlans, [at.tenantId]))[0] ?? firstPlan(at.tenantId);
