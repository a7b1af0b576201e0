import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** How customers are scored, each time that it was done, and what came of it. */
export class Values1700000000021 implements MigrationInterface {
  name = "Values1700000000021";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table value_plans (
  tenant_id uuid not null default tenant(),
  plan_id uuid not null, -- the tenant's, which has one
  purchase_model text collate "C" not null,
  basis text collate "C" not null,
  horizon_weeks int not null,
  yearly_discount_rate double precision not null,
  grade_a_share double precision not null,
  grade_b_share double precision not null,
  grade_c_share double precision not null,
  drop_threshold double precision not null,
  nightly boolean not null,
  nightly_hour int not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, plan_id)
);
${secure("value_plans", "analytics")}

create table value_runs (
  tenant_id uuid not null default tenant(),
  value_run_id uuid not null,
  cut_off_date date not null,
  hold_out_start_date date,
  cohort_end_date date,
  plan jsonb not null,
  currency_code text collate "C" not null,
  initiator jsonb, -- who asked for it; nobody did where it was night
  state text collate "C" not null,
  error text,
  findings jsonb, -- all that is said of the book as a whole, once it is computed
  through uuid, -- the last customer whose score is written
  scored_count int not null,
  dropped_count int not null,
  cleared_count int not null,
  unchanged_count int not null,
  create_time timestamptz(3) not null,
  end_time timestamptz(3),
  version int not null,
  primary key (tenant_id, value_run_id)
);
create index value_runs_by_create_time on value_runs (tenant_id, create_time, value_run_id); -- ListValueRuns
create index value_runs_by_state on value_runs (tenant_id, state, value_run_id); -- whose turn it is, the one before
${secure("value_runs", "analytics")}

create table customer_values (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  value_run_id uuid not null,
  model_version text collate "C" not null,
  cut_off_date date not null,
  currency_code text collate "C" not null,
  purchase_days int not null,
  first_purchase_date date not null,
  last_purchase_date date not null,
  revenue_micros bigint not null,
  margin_micros bigint not null,
  recency_days int not null,
  frequency int not null,
  monetary_micros bigint not null,
  recency_score int not null,
  frequency_score int not null,
  monetary_score int not null,
  segment text collate "C" not null,
  repeat_purchases int not null,
  recency_weeks double precision not null,
  age_weeks double precision not null,
  probability_alive double precision,
  expected_purchases double precision,
  expected_purchase_value_micros bigint,
  clv_micros bigint,
  worth_micros bigint not null, -- the clv, or the revenue where there is none
  grade text collate "C" not null,
  rank_share double precision not null,
  cycle_basis text collate "C",
  cycle_median_days double precision,
  next_purchase_date date,
  earliest_date date,
  latest_date date,
  due_date date not null, -- the next purchase, or infinity
  peak jsonb, -- what a fall is measured from
  cleared boolean not null, -- the row stays, since the versions of a customer's events never begin anew
  update_time timestamptz(3) not null,
  version int not null,
  probability_alive_micros bigint generated always as ((probability_alive * 1000000)::bigint) stored, -- filters
  primary key (tenant_id, customer_id)
);
-- ListCustomerValues in each of its orders
create index customer_values_by_worth on customer_values (tenant_id, worth_micros, customer_id) where not cleared;
create index customer_values_by_revenue on customer_values (tenant_id, revenue_micros, customer_id) where not cleared;
create index customer_values_by_last on customer_values (tenant_id, last_purchase_date, customer_id) where not cleared;
create index customer_values_by_due on customer_values (tenant_id, due_date, customer_id) where not cleared;
${secure("customer_values", "analytics")}
`);
  }
  async down(): Promise<void> {
    throw new Error("scores that were said are not unsaid");
  }
}
