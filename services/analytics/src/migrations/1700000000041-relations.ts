import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who went and why, who was tried to be won back, who sent whom, what campaigns cost; and how copies agree with their sources. */
export class Relations1700000000041 implements MigrationInterface {
  name = "Relations1700000000041";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      CUSTOMERS + WIN_BACKS + RELATIONSHIPS + COMPETITORS + CAMPAIGNS + MARKS + RECONCILIATIONS,
    );
  }
  async down(): Promise<void> {
    throw new Error("the facts are made anew by rebuild, not by a migration");
  }
}

const CUSTOMERS = `
alter table customer_facts add column merged bool not null default false; -- absorbed by another
alter table customer_facts add column depart_date date; -- null unless the stage is DEPARTED
alter table customer_facts add column churn_reason text collate "C"; -- as depart_date
alter table customer_facts add column referrer_customer_id uuid;
alter table customer_facts add column source_campaign text collate "C"; -- its name or id, as somebody wrote it down
alter table customer_facts add column relationship_level text collate "C";
alter table opportunity_facts add column competitor_id uuid;
`;

const WIN_BACKS = `
create table win_back_facts (
  tenant_id uuid not null default tenant(),
  win_back_id uuid not null,
  customer_id uuid not null,
  churn_reason text collate "C",
  owner_id uuid,
  outcome text collate "C", -- null while it goes on
  start_date date not null,
  end_date date,
  version int not null,
  primary key (tenant_id, win_back_id)
);
create index win_back_facts_by_start on win_back_facts (tenant_id, start_date); -- win-backs of a period
${secure("win_back_facts", "analytics")}
`;

const RELATIONSHIPS = `
create table relationship_facts (
  tenant_id uuid not null default tenant(),
  relationship_id uuid not null,
  customer_id uuid not null,
  over_invested_time timestamptz(3), -- null where it pays
  version int not null,
  primary key (tenant_id, relationship_id)
);
create index relationship_facts_of_customer on relationship_facts (tenant_id, customer_id); -- over-investment by level
${secure("relationship_facts", "analytics")}
`;

const COMPETITORS = `
create table competitors (
  tenant_id uuid not null default tenant(),
  competitor_id uuid not null,
  display_name text collate "C" not null,
  version int not null,
  primary key (tenant_id, competitor_id)
);
${secure("competitors", "analytics")}
`;

const CAMPAIGNS = `
create table campaign_facts (
  tenant_id uuid not null default tenant(),
  campaign_id uuid not null,
  display_name text collate "C" not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  cost_currency_code text collate "C",
  cost_micros bigint,
  start_date date,
  version int not null,
  primary key (tenant_id, campaign_id)
);
${secure("campaign_facts", "analytics")}
`;

const MARKS = `
create table marketing_marks (
  tenant_id uuid not null default tenant() primary key,
  event_time timestamptz(3) not null,
  stream_sequence bigint not null
);
${secure("marketing_marks", "analytics")}
`;

const RECONCILIATIONS = `
create table reconciliations (
  tenant_id uuid not null default tenant(),
  reconciliation_id uuid not null,
  area text collate "C" not null, -- empty for all
  repair bool not null,
  state text collate "C" not null,
  error text collate "C" not null,
  found jsonb not null,
  mended jsonb not null,
  create_time timestamptz(3) not null,
  end_time timestamptz(3),
  version int not null,
  primary key (tenant_id, reconciliation_id)
);
create index reconciliations_by_time on reconciliations (tenant_id, create_time, reconciliation_id); -- ListReconciliations
${secure("reconciliations", "analytics")}

create table reconciliation_differences (
  tenant_id uuid not null default tenant(),
  difference_id uuid not null, -- of the reconciliation and what differs, so that a run begun anew finds the same
  reconciliation_id uuid not null,
  area text collate "C" not null,
  aggregate_type text collate "C" not null,
  table_name text collate "C" not null,
  subject text collate "C" not null,
  kind text collate "C" not null,
  after_repair bool not null,
  version int not null,
  primary key (tenant_id, difference_id)
);
create index reconciliation_differences_of on reconciliation_differences
  (tenant_id, reconciliation_id, subject, difference_id); -- ListDifferences
${secure("reconciliation_differences", "analytics")}
`;
