import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** By what rules customers move, what relations rest on, the public pool, win-backs and hand-overs. */
export class Lifecycle1700000000045 implements MigrationInterface {
  name = "Lifecycle1700000000045";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(lifecycle + relationships + pool + winBacks + handOvers);
  }
  async down(): Promise<void> {
    throw new Error("how customers moved is not forgotten by a migration");
  }
}

const times = `
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null`;

const lifecycle = `
create table lifecycle_policies (
  tenant_id uuid not null default tenant(),
  lifecycle_policy_id uuid not null,
  rules jsonb not null,
  moves jsonb not null,
  loyal_condition text not null,${times},
  primary key (tenant_id, lifecycle_policy_id)
);
${secure("lifecycle_policies", "customer")}

-- What the facts last said of the class: a person's word holds until they say something else.
create table customer_class_findings (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  customer_class text collate "C" not null,
  primary key (tenant_id, customer_id)
);
${secure("customer_class_findings", "customer")}
`;

const relationships = `
create table relationship_policies (
  tenant_id uuid not null default tenant(),
  relationship_policy_id uuid not null,
  terms jsonb not null,
  preferred_key_contacts int not null,${times},
  primary key (tenant_id, relationship_policy_id)
);
${secure("relationship_policies", "customer")}

create table relationships (
  tenant_id uuid not null default tenant(),
  relationship_id uuid not null,
  customer_id uuid not null,
  contact_level text collate "C",
  key_contact_ids jsonb not null,
  information_sharing text collate "C",
  switching_cost text collate "C",
  mutual_importance text collate "C",
  bargaining text collate "C",
  joint_plan text not null,
  agreement jsonb,
  attribute_dates jsonb not null,
  over_invested_since_time timestamptz(3),
  advised_level text collate "C",${times},
  primary key (tenant_id, relationship_id),
  unique (tenant_id, customer_id)
);
${secure("relationships", "customer")}

create table relationship_history (
  tenant_id uuid not null default tenant(),
  history_id uuid not null default gen_random_uuid(),
  relationship_id uuid not null,
  version int not null,
  field text collate "C" not null,
  old_value text not null,
  new_value text not null,
  reason text not null,
  time timestamptz(3) not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  primary key (tenant_id, history_id)
);
create index relationship_history_of_relationship on relationship_history (tenant_id, relationship_id, version, history_id); -- ListRelationshipHistory
${secure("relationship_history", "customer", { append: true })}

create table relationship_costs (
  tenant_id uuid not null default tenant(),
  relationship_cost_id uuid not null,
  relationship_id uuid not null,
  version int not null,
  cost_date date not null,
  amount_micros bigint not null,
  currency_code text collate "C" not null,
  minutes int not null,
  note text not null,
  create_time timestamptz(3) not null,
  primary key (tenant_id, relationship_cost_id)
);
create index relationship_costs_of_relationship on relationship_costs (tenant_id, relationship_id, cost_date, relationship_cost_id); -- ListRelationshipCosts, and the sums of a year
${secure("relationship_costs", "customer", { append: true })}
`;

const pool = `
create table pool_policies (
  tenant_id uuid not null default tenant(),
  pool_policy_id uuid not null,
  max_owned_customers int not null,
  max_claims_per_day int not null,
  protection_days int not null,
  recycle_without_contact_days int not null,
  recycle_without_order_days int not null,
  cool_down_days int not null,
  keep_open_deals bool not null,${times},
  primary key (tenant_id, pool_policy_id)
);
${secure("pool_policies", "customer")}
`;

const winBacks = `
create table win_back_policies (
  tenant_id uuid not null default tenant(),
  win_back_policy_id uuid not null,
  measures jsonb not null,${times},
  primary key (tenant_id, win_back_policy_id)
);
${secure("win_back_policies", "customer")}

create table win_backs (
  tenant_id uuid not null default tenant(),
  win_back_id uuid not null,
  customer_id uuid not null,
  churn_reason text collate "C" not null,
  measure text not null,
  owner_id uuid not null,
  due_date date not null,
  outcome text collate "C",
  outcome_note text not null,
  start_time timestamptz(3) not null,
  end_time timestamptz(3),
  version int not null,
  primary key (tenant_id, win_back_id)
);
create unique index win_backs_running on win_backs (tenant_id, customer_id) where outcome is null; -- one at a time
create index win_backs_by_due_date on win_backs (tenant_id, due_date, win_back_id); -- ListWinBacks
create index win_backs_by_start_time on win_backs (tenant_id, start_time, win_back_id); -- ListWinBacks by start_time
create index win_backs_of_customer on win_backs (tenant_id, customer_id); -- a condition of ListWinBacks
${secure("win_backs", "customer")}
`;

const handOvers = `
create table hand_overs (
  tenant_id uuid not null default tenant(),
  hand_over_id uuid not null,
  from_user_id uuid not null,
  to_user_ids jsonb not null,
  reason text not null,
  state text collate "C" not null,
  customer_count int not null,
  handed_over_count int not null,
  skipped_count int not null,
  starter jsonb not null, -- in whose name the customers are handed over
  create_time timestamptz(3) not null,
  complete_time timestamptz(3),
  version int not null,
  primary key (tenant_id, hand_over_id)
);
create index hand_overs_by_create_time on hand_overs (tenant_id, create_time, hand_over_id); -- ListHandOvers
${secure("hand_overs", "customer")}

-- Whose turn comes when: written down at the start, so that counts and turns stay whatever happens between two batches.
create table hand_over_customers (
  tenant_id uuid not null default tenant(),
  hand_over_id uuid not null,
  turn int not null,
  customer_id uuid not null,
  outcome text collate "C", -- null until its turn has come
  primary key (tenant_id, hand_over_id, turn)
);
create index hand_over_customers_open on hand_over_customers (tenant_id, hand_over_id, turn) where outcome is null; -- the next batch
${secure("hand_over_customers", "customer")}
`;
