import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Surveys, who is asked and answers, and what customers think of us. */
export class Surveys1700000000014 implements MigrationInterface {
  name = "Surveys1700000000014";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(customerStates + surveys + invitations + feedback + policies);
  }
  async down(): Promise<void> {
    throw new Error("what customers have said is not forgotten by a migration");
  }
}

// Who is archived is not asked.
const customerStates = `
alter table customers add column state int not null default 1;
`;

const surveys = `
create table surveys (
  tenant_id uuid not null default tenant(),
  survey_id uuid not null,
  display_name text collate "C" not null,
  questions jsonb not null,
  texts jsonb not null,
  language_code text collate "C" not null,
  state text collate "C" not null,
  trigger text collate "C" not null,
  interval_days int not null,
  start_date date,
  send_hour int not null,
  sample_percent int not null,
  fatigue_days int not null,
  valid_days int not null,
  recovery_score int,
  topic text not null,
  next_run_time timestamptz(3),
  activate_time timestamptz(3),
  copied_from_id uuid,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, survey_id)
);
-- ListSurveys in each of its orders; the name is a survey's own
create unique index surveys_by_name on surveys (tenant_id, display_name);
create index surveys_by_create_time on surveys (tenant_id, create_time, survey_id);
create index surveys_by_update_time on surveys (tenant_id, update_time, survey_id);
create index surveys_by_trigger on surveys (tenant_id, trigger, state); -- what an occasion asks
${secure("surveys", "interaction")}

create table survey_runs (
  tenant_id uuid not null default tenant(),
  survey_run_id uuid not null,
  survey_id uuid not null,
  state text collate "C" not null,
  run_date date not null,
  visited int not null,
  asked int not null,
  sampled_out int not null,
  fatigued int not null,
  no_consent int not null,
  unreachable int not null,
  last_customer_id uuid, -- how far it has come
  create_time timestamptz(3) not null,
  end_time timestamptz(3),
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, survey_run_id),
  unique (tenant_id, survey_id, run_date) -- one a day
);
create index survey_runs_by_create_time on survey_runs (tenant_id, survey_id, create_time, survey_run_id); -- ListSurveyRuns
${secure("survey_runs", "interaction")}
`;

const invitations = `
create table survey_invitations (
  tenant_id uuid not null default tenant(),
  survey_invitation_id uuid not null,
  survey_id uuid not null,
  survey_name text collate "C" not null,
  customer_id uuid,
  contact_id uuid,
  case_id uuid,
  interaction_id uuid,
  product_id uuid,
  agent_id uuid,
  state text collate "C" not null,
  suppress_reason text collate "C",
  answers jsonb not null,
  standing text collate "C",
  send_time timestamptz(3),
  open_time timestamptz(3),
  answer_time timestamptz(3),
  answer_date date,
  expire_time timestamptz(3),
  occasion_key text collate "C" not null,
  token_hash text collate "C", -- of the link in the mail; the token itself is kept nowhere but there
  message_id uuid, -- the interaction that is the mail
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, survey_invitation_id),
  constraint survey_invitations_occasion unique (tenant_id, survey_id, occasion_key)
);
create unique index survey_invitations_by_token on survey_invitations (tenant_id, token_hash) where token_hash is not null;
-- ListSurveyInvitations in each of its orders
create index survey_invitations_by_create_time on survey_invitations (tenant_id, create_time, survey_invitation_id);
create index survey_invitations_by_update_time on survey_invitations (tenant_id, update_time, survey_invitation_id);
-- conditions of ListSurveyInvitations that leave few rows; the first finds what expires, too
create index survey_invitations_by_survey on survey_invitations (tenant_id, survey_id, state, expire_time);
create index survey_invitations_by_customer on survey_invitations (tenant_id, customer_id, create_time) where customer_id is not null;
create index survey_invitations_by_contact on survey_invitations (tenant_id, contact_id) where contact_id is not null;
create index survey_invitations_by_case on survey_invitations (tenant_id, case_id) where case_id is not null;
create index survey_invitations_by_interaction on survey_invitations (tenant_id, interaction_id) where interaction_id is not null;
create index survey_invitations_by_product on survey_invitations (tenant_id, product_id) where product_id is not null;
create index survey_invitations_by_agent on survey_invitations (tenant_id, agent_id, create_time) where agent_id is not null;
create index survey_invitations_by_answer_date on survey_invitations (tenant_id, answer_date) where answer_date is not null;
create index survey_invitations_by_standing on survey_invitations (tenant_id, customer_id, answer_time) where standing is not null; -- GetCustomerStanding
create index survey_invitations_imported on survey_invitations (tenant_id, occasion_key) where expire_time is null; -- references of imports
create index survey_invitations_by_message on survey_invitations (tenant_id, message_id) where message_id is not null; -- what has been sent
${secure("survey_invitations", "interaction")}

-- What is to be asked about next: the job of each needs to know whom and what it is about.
create table survey_occasions (
  tenant_id uuid not null default tenant(),
  occasion_id uuid not null, -- the case or the interaction
  trigger text collate "C" not null,
  customer_id uuid not null,
  contact_id uuid,
  case_id uuid,
  interaction_id uuid,
  product_id uuid,
  agent_id uuid,
  primary key (tenant_id, occasion_id)
);
${secure("survey_occasions", "interaction")}
`;

const feedback = `
create table feedback (
  tenant_id uuid not null default tenant(),
  feedback_id uuid not null,
  source text collate "C" not null,
  topic text collate "C" not null,
  text text not null,
  score int,
  standing text collate "C",
  customer_id uuid,
  contact_id uuid,
  case_id uuid,
  product_id uuid,
  interaction_id uuid,
  survey_invitation_id uuid,
  owner_id uuid,
  state text collate "C" not null,
  deadline_time timestamptz(3) not null,
  escalate_time timestamptz(3),
  response_time timestamptz(3),
  resolve_time timestamptz(3),
  close_time timestamptz(3),
  answer text not null,
  event_time timestamptz(3) not null,
  event_date date not null,
  external_ids jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, feedback_id)
);
-- ListFeedback in each of its orders
create index feedback_by_event_time on feedback (tenant_id, event_time, feedback_id);
create index feedback_by_deadline_time on feedback (tenant_id, deadline_time, feedback_id);
create index feedback_by_create_time on feedback (tenant_id, create_time, feedback_id);
create index feedback_by_update_time on feedback (tenant_id, update_time, feedback_id);
-- conditions of ListFeedback that leave few rows, and SummarizeFeedback
create index feedback_by_state on feedback (tenant_id, state, deadline_time);
create index feedback_by_event_date on feedback (tenant_id, event_date);
create index feedback_by_topic on feedback (tenant_id, topic, event_time) where topic <> '';
create index feedback_by_owner on feedback (tenant_id, owner_id, state) where owner_id is not null;
create index feedback_by_customer on feedback (tenant_id, customer_id, event_time) where customer_id is not null;
create index feedback_by_contact on feedback (tenant_id, contact_id) where contact_id is not null;
create index feedback_by_case on feedback (tenant_id, case_id) where case_id is not null;
create index feedback_by_product on feedback (tenant_id, product_id, event_time) where product_id is not null;
${secure("feedback", "interaction")}

create table feedback_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  feedback_id uuid not null,
  constraint feedback_keys_pkey primary key (tenant_id, system, external_id)
);
create index feedback_keys_of_feedback on feedback_keys (tenant_id, feedback_id); -- record
${secure("feedback_keys", "interaction")}
`;

const policies = `
create table feedback_policies (
  tenant_id uuid not null default tenant(),
  feedback_policy_id uuid not null,
  response_days int not null,
  escalate_to_id uuid,
  survey_fatigue_days int not null,
  update_time timestamptz(3),
  version int not null,
  primary key (tenant_id, feedback_policy_id)
);
${secure("feedback_policies", "interaction")}
`;
