import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tasks, and what customers are worth, by which a day is planned. */
export class Tasks1700000000013 implements MigrationInterface {
  name = "Tasks1700000000013";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tasks + values);
  }
  async down(): Promise<void> {
    throw new Error("tasks are not forgotten by a migration");
  }
}

const tasks = `
create table tasks (
  tenant_id uuid not null default tenant(),
  task_id uuid not null,
  kind text collate "C" not null,
  title text not null,
  note text not null,
  state text collate "C" not null,
  assignee_id uuid,
  customer_id uuid,
  contact_id uuid,
  due_time timestamptz(3),
  due_order_time timestamptz(3) not null,
  remind_time timestamptz(3),
  duration_minutes int not null,
  planned_start_time timestamptz(3),
  planned_end_time timestamptz(3),
  case_id uuid,
  opportunity_id uuid,
  feedback_id uuid,
  origin jsonb,
  outcome text not null,
  complete_time timestamptz(3),
  importance int not null,
  reminded_time timestamptz(3),
  due_said_time timestamptz(3),
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, task_id)
);
-- ListTasks in each of its orders
create index tasks_by_due_time on tasks (tenant_id, due_order_time, task_id);
create index tasks_by_create_time on tasks (tenant_id, create_time, task_id);
create index tasks_by_update_time on tasks (tenant_id, update_time, task_id);
-- conditions of ListTasks that leave few rows, and the day plan
create index tasks_of_assignee on tasks (tenant_id, assignee_id, state, due_order_time) where assignee_id is not null;
create index tasks_of_customer on tasks (tenant_id, customer_id, due_order_time) where customer_id is not null;
create index tasks_by_state on tasks (tenant_id, state, due_order_time);
create index tasks_of_case on tasks (tenant_id, case_id) where case_id is not null;
create index tasks_of_opportunity on tasks (tenant_id, opportunity_id) where opportunity_id is not null;
create index tasks_of_feedback on tasks (tenant_id, feedback_id) where feedback_id is not null;
create index tasks_booked on tasks (tenant_id, assignee_id, planned_start_time) where planned_start_time is not null; -- bookings
${secure("tasks", "interaction")}
`;

const values = `
create table customer_values (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  importance int not null,
  version int not null,
  primary key (tenant_id, customer_id)
);
${secure("customer_values", "interaction")}
`;
