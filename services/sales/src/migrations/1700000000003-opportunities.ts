import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Possible sales, and each version of them. */
export class Opportunities1700000000003 implements MigrationInterface {
  name = "Opportunities1700000000003";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(opportunities + besides + versions);
  }
  async down(): Promise<void> {
    throw new Error("opportunities are not forgotten by a migration");
  }
}

const opportunities = `
create table opportunities (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  display_name text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id text collate "C" not null,
  stage_type text collate "C" not null,
  stage_since_time timestamptz(3),
  stage_since_date date,
  amount bigint,
  currency_code text collate "C",
  probability int not null,
  probability_manual bool not null,
  weighted_amount bigint,
  forecast_category text collate "C" not null,
  open_date date,
  expected_close_date date,
  push_count int not null,
  close_date date,
  lost_reason text collate "C",
  lost_note text not null,
  product_ids jsonb not null,
  type text collate "C",
  source jsonb,
  source_channel text collate "C",
  next_step text not null,
  next_step_date date,
  lead_id uuid,
  stage_entries jsonb not null,
  external_ids jsonb not null,
  amount_order bigint not null,
  expected_close_order date not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, opportunity_id)
);
-- ListOpportunities in each of its orders
create index opportunities_by_create_time on opportunities (tenant_id, create_time, opportunity_id);
create index opportunities_by_update_time on opportunities (tenant_id, update_time, opportunity_id);
create index opportunities_by_expected_close on opportunities (tenant_id, expected_close_order, opportunity_id);
create index opportunities_by_amount on opportunities (tenant_id, amount_order, opportunity_id);
-- conditions of ListOpportunities that leave few rows
create index opportunities_by_customer on opportunities (tenant_id, customer_id) where customer_id is not null;
create index opportunities_by_owner on opportunities (tenant_id, owner_id, stage_type) where owner_id is not null;
create index opportunities_by_close_date on opportunities (tenant_id, close_date) where close_date is not null;
-- UpdatePipeline: is a stage in use?
create index opportunities_by_stage on opportunities (tenant_id, pipeline_id, stage_id);
-- SummarizePipeline reads nothing else
create index opportunities_open on opportunities (tenant_id, pipeline_id, stage_id, currency_code, owner_id)
  include (amount, weighted_amount, stage_since_date, next_step, expected_close_date, push_count)
  where stage_type = 'OPEN';
${secure("opportunities", "sales")}
`;

// Beside an opportunity only record writes, in the opportunity's own transaction: no foreign key asks for the opportunity.
// One asks for the product, so that none is taken back with the import that made it while a deal is about it.
const besides = `
create table opportunity_values (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  kind text collate "C" not null, -- product_id
  text_value text collate "C" not null,
  product_id uuid not null,
  constraint opportunity_values_product_fkey foreign key (tenant_id, product_id) references products
);
create index opportunity_values_of_product on opportunity_values (tenant_id, product_id); -- the check when a product goes
create index opportunity_values_of_opportunity on opportunity_values (tenant_id, opportunity_id); -- record
create index opportunity_values_by_text on opportunity_values (tenant_id, kind, text_value, opportunity_id); -- conditions
${secure("opportunity_values", "sales")}

create table opportunity_keys (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null, -- external_ids.<system>
  key text collate "C" not null,
  opportunity_id uuid not null,
  constraint opportunity_keys_pkey primary key (tenant_id, kind, key)
);
create index opportunity_keys_of_opportunity on opportunity_keys (tenant_id, opportunity_id); -- record
${secure("opportunity_keys", "sales")}
`;

const versions = `
create table opportunity_versions (
  tenant_id uuid not null default tenant(),
  version_id uuid not null default gen_random_uuid(),
  opportunity_id uuid not null,
  version int not null,
  time timestamptz(3) not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  state bytea not null,
  primary key (tenant_id, version_id)
);
-- ListOpportunityHistory, and GetOpportunity as it was
create index opportunity_versions_of_opportunity on opportunity_versions (tenant_id, opportunity_id, version, version_id);
${secure("opportunity_versions", "sales", { append: true })}
`;
