import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is known of a customer beyond its particulars: whom it absorbed, why it left, and what the other services say of it. */
export class OneCustomer1700000000041 implements MigrationInterface {
  name = "OneCustomer1700000000041";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table customers
  add column merged_into_customer_id uuid,
  add column absorbed_customer_ids jsonb not null default '[]',
  add column traits jsonb not null default '[]',
  add column referrer_customer_id uuid,
  add column churn_reason text collate "C",
  add column churn_note text collate "C" not null default '',
  add column loyalty text collate "C",
  add column owner_since_time timestamptz(3),
  add column touches jsonb not null default '[]';

create table customer_facts (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  order_count int not null default 0,
  first_order_date date,
  last_order_date date,
  revenue_micros bigint not null default 0,
  margin_micros bigint not null default 0,
  orders_30d int not null default 0,
  orders_90d int not null default 0,
  orders_365d int not null default 0,
  revenue_365d_micros bigint not null default 0,
  margin_365d_micros bigint not null default 0,
  open_order_count int not null default 0,
  open_opportunity_count int not null default 0,
  open_opportunity_micros bigint not null default 0,
  last_interaction_time timestamptz(3),
  last_inbound_time timestamptz(3),
  last_outbound_time timestamptz(3),
  interactions_30d int not null default 0,
  interactions_90d int not null default 0,
  interactions_365d int not null default 0,
  open_case_count int not null default 0,
  breached_case_count int not null default 0,
  complaints_365d int not null default 0,
  last_nps int,
  last_csat_micros bigint,
  clv_micros bigint,
  probability_alive_micros bigint,
  next_purchase_date date,
  rfm_segment text collate "C",
  value_dropped_time timestamptz(3),
  window_due_date date,
  version int not null default 1,
  update_time timestamptz(3) not null,
  primary key (tenant_id, customer_id)
);
${secure("customer_facts", "customer")}

create table customer_checks (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  due_time timestamptz(3) not null,
  primary key (tenant_id, customer_id)
);
create index customer_checks_due on customer_checks (tenant_id, due_time, customer_id);
${secure("customer_checks", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("what is known of customers is not forgotten by a migration");
  }
}
