import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Visits, care plans with the clocks of their customers, and what customers said at return visits. */
export class VisitsCare1700000000015 implements MigrationInterface {
  name = "VisitsCare1700000000015";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(visits + plans + clocks + mirrors + returnVisits);
  }
  async down(): Promise<void> {
    throw new Error("visits and care are not forgotten by a migration");
  }
}

const visits = `
create table visits (
  tenant_id uuid not null default tenant(),
  visit_id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  user_id uuid,
  planned_start_time timestamptz(3) not null,
  planned_end_time timestamptz(3) not null,
  place text not null,
  purpose text not null,
  state text collate "C" not null,
  missed bool not null,
  missed_time timestamptz(3),
  check_in jsonb,
  notes text not null,
  outcome text collate "C",
  learned jsonb,
  next_step jsonb,
  next_step_task_id uuid,
  interaction_id uuid,
  opportunity_id uuid,
  case_id uuid,
  end_time timestamptz(3),
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, visit_id)
);
-- ListVisits in each of its orders
create index visits_by_start on visits (tenant_id, planned_start_time, visit_id);
create index visits_by_create_time on visits (tenant_id, create_time, visit_id);
create index visits_by_update_time on visits (tenant_id, update_time, visit_id);
-- conditions of ListVisits that leave few rows, and bookings
create index visits_of_user on visits (tenant_id, user_id, planned_start_time) where user_id is not null;
create index visits_of_customer on visits (tenant_id, customer_id, planned_start_time);
create index visits_by_state on visits (tenant_id, state, planned_start_time);
create index visits_by_end on visits (tenant_id, planned_end_time);
create index visits_missed on visits (tenant_id, planned_start_time) where missed;
create index visits_of_opportunity on visits (tenant_id, opportunity_id) where opportunity_id is not null;
create index visits_of_case on visits (tenant_id, case_id) where case_id is not null;
${secure("visits", "interaction")}
`;

const plans = `
create table care_plans (
  tenant_id uuid not null default tenant(),
  care_plan_id uuid not null,
  display_name text collate "C" not null,
  occasion text collate "C" not null,
  cadences jsonb not null,
  days int not null,
  grades jsonb not null,
  task_title text not null,
  task_note text not null,
  task_days int not null,
  fallback_assignee_id uuid,
  message_subject text not null,
  message_body text not null,
  enabled bool not null,
  start_date date not null,
  terms int not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, care_plan_id)
);
-- ListCarePlans in each of its orders; a company has a few
create index care_plans_by_name on care_plans (tenant_id, display_name, care_plan_id);
create index care_plans_by_create_time on care_plans (tenant_id, create_time, care_plan_id);
create index care_plans_by_update_time on care_plans (tenant_id, update_time, care_plan_id);
${secure("care_plans", "interaction")}
`;

// One for each plan and customer, or order: what is due is found by its day, however many customers there are.
const clocks = `
create table care_clocks (
  tenant_id uuid not null default tenant(),
  care_clock_id uuid not null,
  care_plan_id uuid not null,
  customer_id uuid not null,
  order_id uuid,
  next_due_date date,
  due_order_date date not null,
  since_date date,
  mark int not null,
  terms int not null,
  occasion text collate "C" not null,
  open_task_id uuid,
  made_count int not null,
  done_count int not null,
  skipped_count int not null,
  last_done_date date,
  version int not null,
  primary key (tenant_id, care_clock_id)
);
create index care_clocks_by_due_date on care_clocks (tenant_id, care_plan_id, due_order_date, care_clock_id); -- what is due, ListCareStandings
create index care_clocks_of_plan on care_clocks (tenant_id, care_plan_id, customer_id); -- who has none yet, or an old one
create index care_clocks_of_order on care_clocks (tenant_id, care_plan_id, order_id) where order_id is not null; -- orders without one
create index care_clocks_of_customer on care_clocks (tenant_id, customer_id); -- return visits
create index care_clocks_by_task on care_clocks (tenant_id, open_task_id) where open_task_id is not null; -- a task is over
${secure("care_clocks", "interaction")}
`;

const mirrors = `
create table care_customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text not null,
  owner_id uuid,
  grade int not null,
  birth_day int, -- 1231 for the last day of the year
  registered_date date not null,
  mark int not null, -- what a clock goes by: other where it must be set anew, below 0 where there is no care
  version int not null,
  primary key (tenant_id, customer_id)
);
${secure("care_customers", "interaction")}

create table care_orders (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  customer_id uuid not null,
  order_date date not null,
  version int not null,
  primary key (tenant_id, order_id)
);
create index care_orders_of_customer on care_orders (tenant_id, customer_id, order_date); -- first and last purchase
create index care_orders_by_date on care_orders (tenant_id, order_date, order_id); -- so many days after an order
${secure("care_orders", "interaction")}
`;

const returnVisits = `
create table return_visits (
  tenant_id uuid not null default tenant(),
  return_visit_id uuid not null,
  task_id uuid,
  customer_id uuid not null,
  contact_id uuid,
  channel text collate "C" not null,
  rating int not null,
  answers jsonb not null,
  needs jsonb not null,
  user_id uuid,
  interaction_id uuid not null,
  event_time timestamptz(3) not null,
  create_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, return_visit_id)
);
-- ListReturnVisits in each of its orders
create index return_visits_by_event_time on return_visits (tenant_id, event_time, return_visit_id);
create index return_visits_by_create_time on return_visits (tenant_id, create_time, return_visit_id);
-- conditions of ListReturnVisits that leave few rows
create index return_visits_of_customer on return_visits (tenant_id, customer_id, event_time);
create index return_visits_of_user on return_visits (tenant_id, user_id, event_time) where user_id is not null;
create index return_visits_of_task on return_visits (tenant_id, task_id) where task_id is not null;
create index return_visits_by_rating on return_visits (tenant_id, rating, event_time);
${secure("return_visits", "interaction")}
`;
