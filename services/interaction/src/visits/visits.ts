import { Visit, Visit_State } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { present } from "./present.ts";
import type { VisitState } from "./visit-state.ts";

const visitTable = new EntitySchema<VisitState>({
  name: "visit",
  tableName: "visits",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    visitId: { name: "visit_id", type: "uuid", primary: true },
    customerId: { name: "customer_id", type: "uuid" },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    userId: { name: "user_id", type: "uuid", nullable: true },
    plannedStartTime: { name: "planned_start_time", type: "timestamptz" },
    plannedEndTime: { name: "planned_end_time", type: "timestamptz" },
    place: { type: "text" },
    purpose: { type: "text" },
    state: { type: "text" },
    missed: { type: "bool" },
    missedTime: { name: "missed_time", type: "timestamptz", nullable: true },
    checkIn: { name: "check_in", type: "jsonb", nullable: true },
    notes: { type: "text" },
    outcome: { type: "text", nullable: true },
    learned: { type: "jsonb", nullable: true },
    nextStep: { name: "next_step", type: "jsonb", nullable: true },
    nextStepTaskId: { name: "next_step_task_id", type: "uuid", nullable: true },
    interactionId: { name: "interaction_id", type: "uuid", nullable: true },
    opportunityId: { name: "opportunity_id", type: "uuid", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const visits = table({
  entity: visitTable,
  message: Visit,
  present,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "bool" | "enum" | "time",
  read: (visit: VisitState) => unknown,
  more: Partial<Field<VisitState>> = {},
): Field<VisitState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over visits may name, as published at ListVisitsRequest.filter. */
export const visitFields = catalogue<VisitState>({ id: "visit_id", side: "" }, [
  column("planned_start_time", "time", ({ plannedStartTime }) => plannedStartTime),
  column("planned_end_time", "time", ({ plannedEndTime }) => plannedEndTime),
  column("state", "enum", ({ state }) => state, { values: namesOf(Visit_State) }),
  column("missed", "bool", ({ missed }) => missed),
  column("user_id", "id", ({ userId }) => userId),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("opportunity_id", "id", ({ opportunityId }) => opportunityId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
