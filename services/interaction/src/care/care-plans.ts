import { CarePlan, CarePlan_Occasion } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { type CarePlanState, presentPlan } from "./care-plan.ts";

const carePlanTable = new EntitySchema<CarePlanState>({
  name: "care_plan",
  tableName: "care_plans",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    carePlanId: { name: "care_plan_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    occasion: { type: "text" },
    cadences: { type: "jsonb" },
    days: { type: "int" },
    grades: { type: "jsonb" },
    taskTitle: { name: "task_title", type: "text" },
    taskNote: { name: "task_note", type: "text" },
    taskDays: { name: "task_days", type: "int" },
    fallbackAssigneeId: { name: "fallback_assignee_id", type: "uuid", nullable: true },
    messageSubject: { name: "message_subject", type: "text" },
    messageBody: { name: "message_body", type: "text" },
    enabled: { type: "bool" },
    startDate: { name: "start_date", type: "date" },
    terms: { type: "int" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const carePlans = table({ entity: carePlanTable, message: CarePlan, present: presentPlan });

const column = (
  name: string,
  type: "text" | "bool" | "enum" | "time",
  read: (plan: CarePlanState) => unknown,
  more: Partial<Field<CarePlanState>> = {},
): Field<CarePlanState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over care plans may name, as published at ListCarePlansRequest.filter. */
export const carePlanFields = catalogue<CarePlanState>({ id: "care_plan_id", side: "" }, [
  column("display_name", "text", ({ displayName }) => displayName),
  column("occasion", "enum", ({ occasion }) => occasion, { values: namesOf(CarePlan_Occasion) }),
  column("enabled", "bool", ({ enabled }) => enabled),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

export async function enabledPlanIds(at: At): Promise<string[]> {
  const text = `select care_plan_id as id from care_plans where enabled order by care_plan_id`;
  const rows = await named<{ id: string }>(at, { name: "care plans enabled", text, values: [] });
  return rows.map(({ id }) => id);
}
