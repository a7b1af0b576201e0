import { Task, Task_Kind, Task_State } from "@guanxi/contract/guanxi/interaction/v1/task";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { present } from "./present.ts";
import type { TaskState } from "./task-state.ts";

const taskTable = new EntitySchema<TaskState>({
  name: "task",
  tableName: "tasks",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    taskId: { name: "task_id", type: "uuid", primary: true },
    kind: { type: "text" },
    title: { type: "text" },
    note: { type: "text" },
    state: { type: "text" },
    assigneeId: { name: "assignee_id", type: "uuid", nullable: true },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    dueTime: { name: "due_time", type: "timestamptz", nullable: true },
    dueOrderTime: { name: "due_order_time", type: "timestamptz" },
    remindTime: { name: "remind_time", type: "timestamptz", nullable: true },
    durationMinutes: { name: "duration_minutes", type: "int" },
    plannedStartTime: { name: "planned_start_time", type: "timestamptz", nullable: true },
    plannedEndTime: { name: "planned_end_time", type: "timestamptz", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    opportunityId: { name: "opportunity_id", type: "uuid", nullable: true },
    feedbackId: { name: "feedback_id", type: "uuid", nullable: true },
    origin: { type: "jsonb", nullable: true },
    outcome: { type: "text" },
    completeTime: { name: "complete_time", type: "timestamptz", nullable: true },
    importance: { type: "int" },
    remindedTime: { name: "reminded_time", type: "timestamptz", nullable: true },
    dueSaidTime: { name: "due_said_time", type: "timestamptz", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const tasks = table({
  entity: taskTable,
  message: Task,
  present,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "int" | "enum" | "time",
  read: (task: TaskState) => unknown,
  more: Partial<Field<TaskState>> = {},
): Field<TaskState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over tasks may name, as published at ListTasksRequest.filter. */
export const taskFields = catalogue<TaskState>({ id: "task_id", side: "" }, [
  column("due_time", "time", ({ dueTime }) => dueTime, { order: "due_order_time" }),
  column("state", "enum", ({ state }) => state, { values: namesOf(Task_State) }),
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Task_Kind) }),
  column("assignee_id", "id", ({ assigneeId }) => assigneeId),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("opportunity_id", "id", ({ opportunityId }) => opportunityId),
  column("feedback_id", "id", ({ feedbackId }) => feedbackId),
  column("planned_start_time", "time", ({ plannedStartTime }) => plannedStartTime),
  column("importance", "int", ({ importance }) => importance),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
