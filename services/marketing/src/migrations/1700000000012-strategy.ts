import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What marketing is built on and judged by: studies, competitors, plans, templates, events, playbooks, and what was sold. */
export class Strategy1700000000012 implements MigrationInterface {
  name = "Strategy1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(mirrors + templates + plans + studies + competitors + events + playbooks + sales);
  }
  async down(): Promise<void> {
    throw new Error("what was planned and found is not forgotten by a migration");
  }
}

const mirrors = `
alter table segments add column study_id uuid; -- the study that it was drawn from
create index segments_of_study on segments (tenant_id, study_id) where study_id is not null; -- ListStudyTargets
alter table customers add column source_channel int not null default 0, add column create_date date; -- GetChannelCosts
`;

const templates = `
create table message_templates (
  tenant_id uuid not null default tenant(),
  template_id uuid not null,
  name text collate "C" not null,
  variants jsonb not null,
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, template_id)
);
create unique index message_templates_by_name on message_templates (tenant_id, name) where state = 'ACTIVE'; -- once
-- ListMessageTemplates in each of its orders
create index message_templates_of_name on message_templates (tenant_id, name, template_id);
create index message_templates_by_create_time on message_templates (tenant_id, create_time, template_id);
create index message_templates_by_update_time on message_templates (tenant_id, update_time, template_id);
${secure("message_templates", "marketing")}
`;

const plans = `
create table marketing_plans (
  tenant_id uuid not null default tenant(),
  plan_id uuid not null,
  name text collate "C" not null,
  segment_ids jsonb not null,
  targets jsonb not null,
  positioning text not null,
  start_date date,
  end_date date,
  budget bigint, -- in millionths
  currency_code text collate "C",
  owner_id uuid,
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, plan_id)
);
-- ListMarketingPlans in each of its orders
create index marketing_plans_by_create_time on marketing_plans (tenant_id, create_time, plan_id);
create index marketing_plans_by_update_time on marketing_plans (tenant_id, update_time, plan_id);
create index marketing_plans_by_name on marketing_plans (tenant_id, name, plan_id);
${secure("marketing_plans", "marketing")}

create table marketing_plan_values (
  tenant_id uuid not null default tenant(),
  plan_id uuid not null,
  kind text collate "C" not null, -- segment_id, target_segment_id
  text_value text collate "C" not null
);
create index marketing_plan_values_of_plan on marketing_plan_values (tenant_id, plan_id); -- record
create index marketing_plan_values_by_text on marketing_plan_values (tenant_id, kind, text_value, plan_id); -- conditions
${secure("marketing_plan_values", "marketing")}

create table marketing_plan_versions (
  tenant_id uuid not null default tenant(),
  version_id uuid not null default gen_random_uuid(),
  plan_id uuid not null,
  version int not null,
  time timestamptz(3) not null,
  actor_name text not null,
  state bytea not null, -- the message
  primary key (tenant_id, version_id)
);
create unique index marketing_plan_versions_of_plan on marketing_plan_versions (tenant_id, plan_id, version); -- ListPlanRevisions
${secure("marketing_plan_versions", "marketing", { append: true })}
`;

const studies = `
create table market_studies (
  tenant_id uuid not null default tenant(),
  study_id uuid not null,
  title text collate "C" not null,
  question text collate "C" not null,
  method text collate "C",
  sample_size int not null,
  sample text collate "C" not null,
  start_date date,
  end_date date,
  findings jsonb not null,
  finding text collate "C" not null, -- all of them, to be looked through
  competitor_ids jsonb not null,
  owner_id uuid,
  state text collate "C" not null,
  close_time timestamptz(3),
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, study_id)
);
-- ListMarketStudies in each of its orders
create index market_studies_by_create_time on market_studies (tenant_id, create_time, study_id);
create index market_studies_by_update_time on market_studies (tenant_id, update_time, study_id);
create index market_studies_by_title on market_studies (tenant_id, title, study_id);
${secure("market_studies", "marketing")}

create table market_study_values (
  tenant_id uuid not null default tenant(),
  study_id uuid not null,
  kind text collate "C" not null, -- competitor_id
  text_value text collate "C" not null
);
create index market_study_values_of_study on market_study_values (tenant_id, study_id); -- record
create index market_study_values_by_text on market_study_values (tenant_id, kind, text_value, study_id); -- conditions
${secure("market_study_values", "marketing")}
`;

const competitors = `
create table competitors (
  tenant_id uuid not null default tenant(),
  competitor_id uuid not null,
  name text collate "C" not null,
  website text not null,
  strengths jsonb not null,
  weaknesses jsonb not null,
  products jsonb not null,
  note text collate "C" not null,
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, competitor_id)
);
create unique index competitors_by_name on competitors (tenant_id, name) where state = 'ACTIVE'; -- once
-- ListCompetitors in each of its orders
create index competitors_of_name on competitors (tenant_id, name, competitor_id);
create index competitors_by_create_time on competitors (tenant_id, create_time, competitor_id);
create index competitors_by_update_time on competitors (tenant_id, update_time, competitor_id);
${secure("competitors", "marketing")}
`;

const events = `
create table marketing_events (
  tenant_id uuid not null default tenant(),
  event_id uuid not null,
  name text collate "C" not null,
  description text not null,
  place text collate "C" not null,
  start_time timestamptz(3) not null,
  end_time timestamptz(3) not null,
  capacity int not null,
  campaign_id uuid,
  follow_up text not null,
  follow_up_days int not null,
  owner_id uuid,
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, event_id)
);
-- ListMarketingEvents in each of its orders
create index marketing_events_by_start_time on marketing_events (tenant_id, start_time, event_id);
create index marketing_events_by_create_time on marketing_events (tenant_id, create_time, event_id);
create index marketing_events_by_update_time on marketing_events (tenant_id, update_time, event_id);
create index marketing_events_of_campaign on marketing_events (tenant_id, campaign_id) where campaign_id is not null; -- touches
${secure("marketing_events", "marketing")}

create table event_guests (
  tenant_id uuid not null default tenant(),
  guest_id uuid not null, -- made of event and customer
  event_id uuid not null,
  customer_id uuid not null,
  status text collate "C" not null,
  invite_time timestamptz(3) not null,
  register_time timestamptz(3),
  decline_time timestamptz(3),
  attend_time timestamptz(3),
  follow_up_time timestamptz(3),
  version int not null,
  primary key (tenant_id, guest_id)
);
create index event_guests_by_invite_time on event_guests (tenant_id, event_id, invite_time, guest_id); -- ListEventGuests
create index event_guests_by_status on event_guests (tenant_id, event_id, status, register_time); -- room, who waits longest
create index event_guests_of_customer on event_guests (tenant_id, customer_id, event_id); -- touches, merges
${secure("event_guests", "marketing")}
`;

const playbooks = `
create table playbooks (
  tenant_id uuid not null default tenant(),
  playbook_id uuid not null,
  name text collate "C" not null,
  stage text collate "C" not null,
  tasks jsonb not null,
  campaign_id uuid,
  active bool not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, playbook_id)
);
-- ListPlaybooks in each of its orders
create index playbooks_by_create_time on playbooks (tenant_id, create_time, playbook_id);
create index playbooks_by_update_time on playbooks (tenant_id, update_time, playbook_id);
create index playbooks_of_stage on playbooks (tenant_id, stage) where active; -- a customer comes into a stage
${secure("playbooks", "marketing")}

create table playbook_runs (
  tenant_id uuid not null default tenant(),
  run_id uuid not null, -- made of playbook, customer and the time of the stage
  playbook_id uuid not null,
  playbook_name text not null,
  customer_id uuid not null,
  stage text collate "C" not null,
  stage_since_time timestamptz(3) not null,
  tasks jsonb not null,
  campaign_id uuid,
  create_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, run_id)
);
create index playbook_runs_by_create_time on playbook_runs (tenant_id, create_time, run_id); -- ListPlaybookRuns
create index playbook_runs_of_playbook on playbook_runs (tenant_id, playbook_id); -- conditions
create index playbook_runs_of_customer on playbook_runs (tenant_id, customer_id); -- conditions, merges
${secure("playbook_runs", "marketing")}
`;

// What was sold, as sales says it: orders, and opportunities, which count where no order came of them.
const sales = `
create table conversions (
  tenant_id uuid not null default tenant(),
  conversion_id uuid not null, -- the order or the opportunity
  kind text collate "C" not null,
  customer_id uuid,
  opportunity_id uuid, -- that the order came of
  sale_time timestamptz(3),
  sale_date date,
  amount bigint not null, -- in millionths, below zero where it was given back
  margin bigint,
  currency_code text collate "C" not null,
  counts bool not null,
  version int not null,
  primary key (tenant_id, conversion_id)
);
create index conversions_of_customer on conversions (tenant_id, customer_id, sale_time) where counts; -- attribution
create index conversions_of_opportunity on conversions (tenant_id, opportunity_id) where opportunity_id is not null; -- counted once
${secure("conversions", "marketing")}

create table competitor_deals (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  competitor_id uuid not null,
  outcome text collate "C" not null,
  close_date date,
  amount bigint,
  currency_code text collate "C",
  version int not null,
  primary key (tenant_id, opportunity_id)
);
create index competitor_deals_of_competitor on competitor_deals (tenant_id, competitor_id, close_date); -- the standing
${secure("competitor_deals", "marketing")}
`;
