import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Contacts with customers, the conversations that they make, and how soon an answer is owed. */
export class Interactions1700000000011 implements MigrationInterface {
  name = "Interactions1700000000011";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(interactions + interactionKeys + conversations + threads + targets);
  }
  async down(): Promise<void> {
    throw new Error("contacts are not forgotten by a migration");
  }
}

const interactions = `
create table interactions (
  tenant_id uuid not null default tenant(),
  interaction_id uuid not null,
  channel text collate "C" not null,
  direction text collate "C" not null,
  customer_id uuid,
  contact_id uuid,
  conversation_id uuid,
  position int,
  user_id uuid,
  automatic bool not null,
  party_address text collate "C" not null,
  party_name text not null,
  subject text not null,
  body text not null,
  event_time timestamptz(3) not null,
  event_date date not null,
  duration_seconds int not null,
  detail jsonb,
  outcome text collate "C",
  outcome_note text not null,
  learned jsonb,
  learned_kind text collate "C",
  in_reply_to_interaction_id uuid,
  reply_due_time timestamptz(3),
  reply_time timestamptz(3),
  reply_interaction_id uuid,
  response_seconds int,
  reply_overdue bool not null,
  delivery jsonb,
  delivery_state text collate "C",
  cause_key text collate "C",
  case_id uuid,
  opportunity_id uuid,
  order_id uuid,
  topic text collate "C",
  case_wish jsonb,
  external_ids jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, interaction_id)
);
-- ListInteractions in each of its orders
create index interactions_by_event_time on interactions (tenant_id, event_time, interaction_id);
create index interactions_by_create_time on interactions (tenant_id, create_time, interaction_id);
create index interactions_by_update_time on interactions (tenant_id, update_time, interaction_id);
-- conditions of ListInteractions that leave few rows, and what is known of a customer before the next contact
create index interactions_of_customer on interactions (tenant_id, customer_id, event_time, interaction_id)
  where customer_id is not null;
create index interactions_of_contact on interactions (tenant_id, contact_id, event_time) where contact_id is not null;
create index interactions_of_user on interactions (tenant_id, user_id, event_time) where user_id is not null;
create index interactions_of_case on interactions (tenant_id, case_id, event_time) where case_id is not null;
create index interactions_of_opportunity on interactions (tenant_id, opportunity_id) where opportunity_id is not null;
create index interactions_of_order on interactions (tenant_id, order_id) where order_id is not null;
create index interactions_by_topic on interactions (tenant_id, topic, event_time) where topic is not null;
create index interactions_by_channel on interactions (tenant_id, channel, event_time);
create index interactions_by_party on interactions (tenant_id, party_address);
create index interactions_by_delivery on interactions (tenant_id, delivery_state, event_time)
  where delivery_state is not null;
-- facts that contacts taught, newest first
create index interactions_that_taught on interactions (tenant_id, customer_id, event_time) where learned_kind = 'FACTS';
-- the place in a conversation, which no two contacts share
create unique index interactions_of_conversation on interactions (tenant_id, conversation_id, position)
  where conversation_id is not null;
-- who waits for an answer in a conversation
create index interactions_that_wait on interactions (tenant_id, conversation_id, event_time)
  where reply_due_time is not null and reply_time is null;
-- planMessage: one cause, one message
create unique index interactions_by_cause on interactions (tenant_id, cause_key) where cause_key is not null;
${secure("interactions", "interaction")}
`;

// Beside the interaction only record writes, in its own transaction: a foreign key would ask for what is known.
const interactionKeys = `
create table interaction_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  interaction_id uuid not null,
  constraint interaction_keys_pkey primary key (tenant_id, system, external_id) -- delivered twice, stored once
);
create index interaction_keys_of_interaction on interaction_keys (tenant_id, interaction_id); -- record
${secure("interaction_keys", "interaction")}
`;

const conversations = `
create table conversations (
  tenant_id uuid not null default tenant(),
  conversation_id uuid not null,
  channel text collate "C" not null,
  customer_id uuid,
  contact_id uuid,
  party_address text collate "C" not null,
  subject text not null,
  state text collate "C" not null,
  case_id uuid,
  assignee_id uuid,
  interaction_count int not null,
  last_position int not null, -- more than the count once an import was undone
  first_time timestamptz(3) not null,
  last_time timestamptz(3) not null,
  waiting_since_time timestamptz(3),
  reply_due_time timestamptz(3),
  reply_due_order timestamptz(3) not null, -- the due time; the end of time where nobody waits
  overdue bool not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, conversation_id)
);
-- ListConversations in each of its orders
create index conversations_by_last_time on conversations (tenant_id, last_time, conversation_id);
create index conversations_by_due_time on conversations (tenant_id, reply_due_order, conversation_id);
create index conversations_by_create_time on conversations (tenant_id, create_time, conversation_id);
-- conditions of ListConversations that leave few rows
create index conversations_of_customer on conversations (tenant_id, customer_id, last_time) where customer_id is not null;
create index conversations_of_contact on conversations (tenant_id, contact_id, last_time) where contact_id is not null;
create index conversations_of_case on conversations (tenant_id, case_id) where case_id is not null;
create index conversations_of_assignee on conversations (tenant_id, assignee_id, state) where assignee_id is not null;
create index conversations_that_wait on conversations (tenant_id, overdue, reply_due_time)
  where reply_due_time is not null;
${secure("conversations", "interaction")}
`;

// By what a contact finds the conversation that it belongs to: a customer, an address, a thread, the id of a mail.
const threads = `
create table conversation_threads (
  tenant_id uuid not null default tenant(),
  channel text collate "C" not null,
  key text collate "C" not null,
  conversation_id uuid not null, -- the last one that had the key
  primary key (tenant_id, channel, key)
);
create index conversation_threads_of_conversation on conversation_threads (tenant_id, conversation_id); -- removal
${secure("conversation_threads", "interaction")}
`;

const targets = `
create table response_targets (
  tenant_id uuid not null default tenant(),
  response_target_id uuid not null,
  channel text collate "C" not null,
  grade text collate "C" not null, -- empty for all grades
  reply_minutes int not null,
  silence_days int not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, response_target_id),
  constraint response_targets_once unique (tenant_id, channel, grade) -- the one that holds
);
create index response_targets_by_create_time on response_targets (tenant_id, create_time, response_target_id);
${secure("response_targets", "interaction")}
`;
