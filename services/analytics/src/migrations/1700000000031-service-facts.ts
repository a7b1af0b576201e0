import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What figures of service know: cases, contacts, answers to surveys, feedback, and which causes of complaints rose. */
export class ServiceFacts1700000000031 implements MigrationInterface {
  name = "ServiceFacts1700000000031";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CASES + QUEUES + CONTACTS + ANSWERS + FEEDBACK + WATCHES + MARKS);
  }
  async down(): Promise<void> {
    throw new Error("the facts are made anew by rebuild, not by a migration");
  }
}

const CASES = `
create table case_facts (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  number bigint not null,
  kind text collate "C" not null,
  phase text collate "C",
  origin text collate "C",
  status text collate "C" not null,
  priority text collate "C",
  topic text collate "C", -- null where it is not known, so that unknown ones are no repeats of each other
  customer_id uuid,
  order_id uuid,
  product_id uuid,
  serial_number text collate "C",
  queue_id uuid,
  assignee_id uuid,
  grade text collate "C",
  root_cause text collate "C",
  open_time timestamptz(3) not null,
  open_date date not null,
  resolve_time timestamptz(3),
  resolve_date date,
  close_time timestamptz(3),
  close_date date,
  end_time timestamptz(3), -- null while it is open
  reopen_count int not null,
  customer_contact_count int not null,
  response_state text collate "C",
  response_judge_time timestamptz(3),
  response_seconds bigint,
  next_response_state text collate "C",
  next_response_judge_time timestamptz(3),
  next_response_seconds bigint,
  resolution_state text collate "C",
  resolution_judge_time timestamptz(3),
  resolution_seconds bigint,
  version int not null,
  primary key (tenant_id, case_id)
);
create index case_facts_by_opening on case_facts (tenant_id, open_date, case_id); -- ListCaseFacts, figures of a period
create index case_facts_by_number on case_facts (tenant_id, number, case_id); -- ListCaseFacts
create index case_facts_by_resolution on case_facts (tenant_id, resolve_date); -- figures of a period
create index case_facts_by_closing on case_facts (tenant_id, close_date); -- figures of a period
create index case_facts_open on case_facts (tenant_id, open_time) where end_time is null; -- the backlog of now
create index case_facts_of_customer on case_facts (tenant_id, customer_id, topic, open_time); -- repeats, rows of a customer
create index case_facts_of_product on case_facts (tenant_id, product_id, open_time); -- repeated faults, rows of a product
create index case_facts_of_assignee on case_facts (tenant_id, assignee_id); -- the rows behind an agent's figure
create index case_facts_of_queue on case_facts (tenant_id, queue_id); -- the rows behind a queue's figure
create index case_facts_complaints on case_facts (tenant_id, open_date) where kind = 'COMPLAINT'; -- causes by topic
create index case_facts_causes on case_facts (tenant_id, resolve_date) where kind = 'COMPLAINT'; -- causes by root cause
${secure("case_facts", "analytics")}
`;

const CONTACTS = `
create table interaction_facts (
  tenant_id uuid not null default tenant(),
  interaction_id uuid not null,
  channel text collate "C" not null,
  direction text collate "C" not null,
  outcome text collate "C",
  automatic bool not null,
  customer_id uuid,
  user_id uuid,
  case_id uuid,
  topic text collate "C",
  event_date date not null,
  duration_seconds int not null,
  reply_due_time timestamptz(3),
  reply_time timestamptz(3),
  reply_state text collate "C",
  reply_judge_time timestamptz(3),
  response_seconds bigint,
  learned_count int, -- null where nobody has said, 0 where there was nothing new
  version int not null,
  primary key (tenant_id, interaction_id)
);
create index interaction_facts_by_date on interaction_facts (tenant_id, event_date, interaction_id); -- ListInteractionFacts, a period
create index interaction_facts_of_customer on interaction_facts (tenant_id, customer_id); -- the rows behind a customer's
create index interaction_facts_of_user on interaction_facts (tenant_id, user_id); -- the rows behind an agent's
${secure("interaction_facts", "analytics")}
`;

const ASKED = `
  survey_id uuid,
  customer_id uuid,
  case_id uuid,
  product_id uuid,
  agent_id uuid,`;

const ANSWERS = `
create table invitation_facts (
  tenant_id uuid not null default tenant(),
  survey_invitation_id uuid not null,
  survey_name text collate "C" not null,${ASKED}
  state text collate "C" not null,
  suppress_reason text collate "C",
  standing text collate "C",
  send_date date,
  answer_date date,
  version int not null,
  -- What a list is sorted by is never null: those without stand at one end.
  send_order date not null generated always as (coalesce(send_date, date '9999-12-31')) stored,
  primary key (tenant_id, survey_invitation_id)
);
create index invitation_facts_by_sending on invitation_facts (tenant_id, send_order, survey_invitation_id); -- ListInvitationFacts
create index invitation_facts_of_period on invitation_facts (tenant_id, send_date); -- figures of a period
create index invitation_facts_of_agent on invitation_facts (tenant_id, agent_id); -- the rows behind an agent's
create index invitation_facts_of_survey on invitation_facts (tenant_id, survey_id, survey_invitation_id); -- a survey's name and rows
${secure("invitation_facts", "analytics")}

create table answer_facts (
  tenant_id uuid not null default tenant(),
  answer_id uuid not null,
  survey_invitation_id uuid not null,${ASKED}
  question_code text collate "C" not null,
  question_kind text collate "C" not null,
  scale_min int not null,
  scale_max int not null,
  score int not null,
  answer_date date not null,
  version int not null,
  primary key (tenant_id, answer_id)
);
create index answer_facts_by_date on answer_facts (tenant_id, answer_date, answer_id); -- ListAnswerFacts, figures of a period
create index answer_facts_of_invitation on answer_facts (tenant_id, survey_invitation_id); -- the projection
create index answer_facts_of_agent on answer_facts (tenant_id, agent_id); -- the rows behind an agent's
create index answer_facts_of_survey on answer_facts (tenant_id, survey_id, question_code); -- the rows behind a question's
${secure("answer_facts", "analytics")}
`;

const FEEDBACK = `
create table feedback_facts (
  tenant_id uuid not null default tenant(),
  feedback_id uuid not null,
  source text collate "C" not null,
  state text collate "C" not null,
  topic text collate "C",
  score int,
  standing text collate "C",
  customer_id uuid,
  case_id uuid,
  product_id uuid,
  owner_id uuid,
  event_date date not null,
  deadline_time timestamptz(3),
  response_time timestamptz(3),
  resolve_time timestamptz(3),
  close_time timestamptz(3),
  escalate_time timestamptz(3),
  resolution_state text collate "C",
  resolution_judge_time timestamptz(3),
  response_seconds bigint,
  version int not null,
  primary key (tenant_id, feedback_id)
);
create index feedback_facts_by_date on feedback_facts (tenant_id, event_date, feedback_id); -- ListFeedbackFacts, a period
create index feedback_facts_of_owner on feedback_facts (tenant_id, owner_id); -- the rows behind an agent's
create index feedback_facts_of_customer on feedback_facts (tenant_id, customer_id); -- the rows behind a customer's
${secure("feedback_facts", "analytics")}
`;

const WATCHES = `
create table complaint_cause_watches (
  tenant_id uuid not null default tenant(),
  complaint_cause_watch_id uuid not null, -- of what and which cause, so that there is one of each
  cause_by text collate "C" not null,
  cause text collate "C" not null,
  week_start_date date not null,
  count int not null,
  expected_count double precision not null,
  limit_count int not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, complaint_cause_watch_id)
);
${secure("complaint_cause_watches", "analytics")}
`;

const marks = (table: string) => `
create table ${table} (
  tenant_id uuid not null default tenant() primary key,
  event_time timestamptz(3) not null,
  stream_sequence bigint not null
);
${secure(table, "analytics")}
`;

const QUEUES = `
create table queues (
  tenant_id uuid not null default tenant(),
  queue_id uuid not null,
  display_name text collate "C" not null,
  version int not null,
  primary key (tenant_id, queue_id)
);
${secure("queues", "analytics")}
`;

const MARKS = marks("service_marks") + marks("interaction_marks");
