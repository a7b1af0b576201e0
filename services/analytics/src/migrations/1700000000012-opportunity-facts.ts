import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Each opportunity as it is, what it is about, and the stages that it was in. */
export class OpportunityFacts1700000000012 implements MigrationInterface {
  name = "OpportunityFacts1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table opportunity_facts (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  display_name text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id text collate "C" not null,
  stage_type text collate "C" not null,
  amount_currency_code text collate "C", -- of the amount; that of the tenant counts where there is none
  amount_micros bigint,
  weighted_micros bigint,
  probability int not null,
  product_ids jsonb not null,
  source_channel text collate "C",
  open_date date,
  close_date date,
  expected_close_date date,
  lost_reason text collate "C",
  version int not null,
  -- What a list is sorted by is never null: those without stand at one end.
  amount_order bigint not null generated always as (coalesce(amount_micros, -9223372036854775808)) stored,
  open_order date not null generated always as (coalesce(open_date, date '9999-12-31')) stored,
  close_order date not null generated always as (coalesce(close_date, date '9999-12-31')) stored,
  primary key (tenant_id, opportunity_id)
);
create index opportunity_facts_by_amount on opportunity_facts (tenant_id, amount_order, opportunity_id); -- ListOpportunityFacts
create index opportunity_facts_by_opening on opportunity_facts (tenant_id, open_order, opportunity_id); -- ListOpportunityFacts
create index opportunity_facts_by_closing on opportunity_facts (tenant_id, close_order, opportunity_id); -- ListOpportunityFacts
create index opportunity_facts_of_owner on opportunity_facts (tenant_id, owner_id); -- the rows behind an agent's figure
create index opportunity_facts_of_customer on opportunity_facts (tenant_id, customer_id); -- the rows behind a customer's
${secure("opportunity_facts", "analytics")}

create table opportunity_values (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null,
  primary key (tenant_id, kind, text_value, opportunity_id) -- the opportunities about a product
);
create index opportunity_values_of_opportunity on opportunity_values (tenant_id, opportunity_id, kind); -- the projection, figures by product
${secure("opportunity_values", "analytics")}

create table stage_entries (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  place int not null,
  pipeline_id uuid not null,
  stage_id text collate "C" not null,
  enter_date date,
  leave_date date,
  next_stage_id text collate "C", -- null while the opportunity stays
  next_stage_type text collate "C",
  primary key (tenant_id, opportunity_id, place)
);
create index stage_entries_by_date on stage_entries (tenant_id, pipeline_id, enter_date); -- QueryStageFigures
${secure("stage_entries", "analytics")}

create table lead_facts (
  tenant_id uuid not null default tenant(),
  lead_id uuid not null,
  create_date date not null,
  status text collate "C" not null,
  version int not null,
  primary key (tenant_id, lead_id)
);
create index lead_facts_by_date on lead_facts (tenant_id, create_date); -- the cohorts of QueryKpis
${secure("lead_facts", "analytics")}
`);
  }
  async down(): Promise<void> {
    throw new Error("the facts are made anew by rebuild, not by a migration");
  }
}
