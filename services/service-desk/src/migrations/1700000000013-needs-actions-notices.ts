import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What customers need, what we do about what they complain of, and what they are told of both. */
export class NeedsActionsNotices1700000000013 implements MigrationInterface {
  name = "NeedsActionsNotices1700000000013";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(needs + needVersions + actions + feedbacks + notices + imported);
  }
  async down(): Promise<void> {
    throw new Error("what customers said and were told is not forgotten by a migration");
  }
}

const needs = `
create table needs (
  tenant_id uuid not null default tenant(),
  need_id uuid not null,
  statement text not null,
  customer_id uuid,
  contact_id uuid,
  product_id uuid,
  opportunity_id uuid,
  case_id uuid,
  source_kind text collate "C" not null,
  source_id text collate "C",
  source_note text not null,
  source_key text collate "C", -- of a need that another service tells of: its place in what it tells
  status text collate "C" not null,
  status_since_time timestamptz(3) not null,
  importance text collate "C" not null,
  custom bool not null,
  owner_id uuid,
  decline_reason text not null,
  satisfied_date date,
  told_time timestamptz(3),
  reopen_count int not null,
  identify_time timestamptz(3) not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, need_id)
);
create unique index needs_by_source_key on needs (tenant_id, source_key) where source_key is not null; -- said once
-- ListNeeds in each of its orders
create index needs_by_create_time on needs (tenant_id, create_time, need_id);
create index needs_by_update_time on needs (tenant_id, update_time, need_id);
create index needs_by_identify_time on needs (tenant_id, identify_time, need_id);
-- conditions of ListNeeds that leave few rows
create index needs_by_customer on needs (tenant_id, customer_id, status) where customer_id is not null;
create index needs_by_contact on needs (tenant_id, contact_id) where contact_id is not null;
create index needs_by_opportunity on needs (tenant_id, opportunity_id) where opportunity_id is not null;
create index needs_by_case on needs (tenant_id, case_id) where case_id is not null;
create index needs_by_owner on needs (tenant_id, owner_id, status) where owner_id is not null;
create index needs_by_status on needs (tenant_id, status, importance);
create index needs_by_source on needs (tenant_id, source_kind, source_id);
create index needs_by_satisfied_date on needs (tenant_id, satisfied_date) where satisfied_date is not null;
create index needs_by_product on needs (tenant_id, product_id, status, customer_id); -- SummarizeNeeds, ListNeeds
${secure("needs", "service_desk")}
`;

const needVersions = `
create table need_versions (
  tenant_id uuid not null default tenant(),
  version_id uuid not null default gen_random_uuid(),
  need_id uuid not null,
  version int not null,
  time timestamptz(3) not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  state bytea not null,
  primary key (tenant_id, version_id)
);
create index need_versions_of_need on need_versions (tenant_id, need_id, version, version_id); -- ListNeedChanges
${secure("need_versions", "service_desk", { append: true })}
`;

const actions = `
create table corrective_actions (
  tenant_id uuid not null default tenant(),
  corrective_action_id uuid not null,
  title text not null,
  description text not null,
  root_cause text collate "C",
  owner_id uuid,
  due_date date,
  product_id uuid,
  feedback_ids jsonb not null,
  state text collate "C" not null,
  state_since_time timestamptz(3) not null,
  effect_note text not null,
  customer_message text not null,
  cancel_reason text not null,
  complete_time timestamptz(3),
  linked_count int not null,
  told_count int not null,
  without_customer_count int not null,
  told_customer_count int not null,
  tell_time timestamptz(3),
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, corrective_action_id)
);
-- ListCorrectiveActions in each of its orders
create index corrective_actions_by_create_time on corrective_actions (tenant_id, create_time, corrective_action_id);
create index corrective_actions_by_update_time on corrective_actions (tenant_id, update_time, corrective_action_id);
-- conditions of ListCorrectiveActions that leave few rows
create index corrective_actions_by_state on corrective_actions (tenant_id, state, due_date);
create index corrective_actions_by_owner on corrective_actions (tenant_id, owner_id, state) where owner_id is not null;
create index corrective_actions_by_product on corrective_actions (tenant_id, product_id) where product_id is not null;
create index corrective_actions_by_cause on corrective_actions (tenant_id, root_cause) where root_cause is not null;
${secure("corrective_actions", "service_desk")}

-- Beside the action only record writes, in the action's own transaction.
create table corrective_action_feedbacks (
  tenant_id uuid not null default tenant(),
  corrective_action_id uuid not null,
  feedback_id uuid not null,
  primary key (tenant_id, corrective_action_id, feedback_id)
);
${secure("corrective_action_feedbacks", "service_desk")}

-- Whom a completed action concerns, as it was linked then.
create table corrective_action_customers (
  tenant_id uuid not null default tenant(),
  corrective_action_id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  case_id uuid,
  linked_count int not null,
  notice_id uuid, -- null until they are told
  primary key (tenant_id, corrective_action_id, customer_id)
);
create index corrective_action_customers_untold on corrective_action_customers (tenant_id, corrective_action_id, customer_id)
  where notice_id is null; -- the next to be told
${secure("corrective_action_customers", "service_desk")}
`;

const feedbacks = `
create table feedbacks (
  tenant_id uuid not null default tenant(),
  feedback_id uuid not null,
  customer_id uuid,
  contact_id uuid,
  version int not null,
  primary key (tenant_id, feedback_id)
);
${secure("feedbacks", "service_desk")}
`;

const notices = `
create table notices (
  tenant_id uuid not null default tenant(),
  notice_id uuid not null,
  purpose text collate "C" not null,
  customer_id uuid not null,
  contact_id uuid,
  subject text not null,
  text text not null,
  case_id uuid,
  need_id uuid,
  corrective_action_id uuid,
  feedback_id uuid,
  create_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, notice_id)
);
create index notices_by_create_time on notices (tenant_id, create_time, notice_id); -- ListNotices in its order
-- conditions of ListNotices that leave few rows
create index notices_by_purpose on notices (tenant_id, purpose, create_time);
create index notices_by_customer on notices (tenant_id, customer_id, create_time);
create index notices_by_case on notices (tenant_id, case_id) where case_id is not null;
create index notices_by_need on notices (tenant_id, need_id) where need_id is not null;
create index notices_by_feedback on notices (tenant_id, feedback_id) where feedback_id is not null;
-- a customer is told once of an action
create unique index notices_by_corrective_action on notices (tenant_id, corrective_action_id, customer_id)
  where corrective_action_id is not null;
${secure("notices", "service_desk")}
`;

const imported = `
create index products_by_name on products (tenant_id, display_name); -- references of imports
-- which cases go on from one that an import is to take back
create index cases_by_split on cases (tenant_id, split_from_case_id) where split_from_case_id is not null;
create index cases_by_merged on cases (tenant_id, merged_into_case_id) where merged_into_case_id is not null;
`;
