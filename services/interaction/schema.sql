-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION interaction.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'interaction', 'pg_temp'
AS $function$ declare
    month date := date_trunc('month', now())::date;
    name text;
  begin
    for ahead in 0..3 loop
      name := 'event_log_' || to_char(month, 'YYYYMM');
      if to_regclass(name) is null then
        execute format('create table %I partition of event_log for values from (%L) to (%L)',
          name, month, month + interval '1 month');
        execute format('alter table %I enable row level security, force row level security', name);
      end if;
      month := month + interval '1 month';
    end loop;
  end $function$
;

CREATE OR REPLACE FUNCTION interaction.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION interaction.require_rights(ids uuid[], resource text, action text)
 RETURNS TABLE(principal_id uuid, grants jsonb)
 LANGUAGE plpgsql
 STABLE
AS $function$ declare
    enough text[] := array[resource || ':' || action, resource || ':*', '*:' || action, '*:*'];
    allowed int := (select count(*) from principals p
      where p.principal_id = any(ids) and p.active and p.grants ?| enough);
  begin
    if allowed < cardinality(ids) then
      raise exception using errcode = 'GX403', message = 'PERMISSION_DENIED';
    end if;
    return query select p.principal_id, p.grants from principals p where p.principal_id = any(ids);
  end $function$
;

CREATE OR REPLACE FUNCTION interaction.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

create table attachments (
  tenant_id uuid not null default tenant(),
  attachment_id uuid not null,
  record_kind text collate "C" not null,
  record_id uuid not null,
  file_name text collate "C" not null,
  content_type text collate "C" not null,
  size_bytes bigint not null,
  sha256 text collate "C" not null,
  state text collate "C" not null,
  created_by text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  constraint attachments_pkey PRIMARY KEY (tenant_id, attachment_id)
);
CREATE INDEX attachments_by_record ON interaction.attachments USING btree (tenant_id, record_kind, record_id, attachment_id);
CREATE UNIQUE INDEX attachments_once ON interaction.attachments USING btree (tenant_id, record_kind, record_id, file_name, sha256) WHERE (state = 'KEPT'::text);
alter table attachments enable row level security, force row level security;
create policy tenant on attachments for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on attachments to interaction_app;

create table bounced_addresses (
  tenant_id uuid not null default tenant(),
  key text collate "C" not null,
  bounce_time timestamp(3) with time zone not null,
  interaction_id uuid not null,
  constraint bounced_addresses_pkey PRIMARY KEY (tenant_id, key)
);
alter table bounced_addresses enable row level security, force row level security;
create policy tenant on bounced_addresses for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on bounced_addresses to interaction_app;

create table campaign_letters (
  tenant_id uuid not null default tenant(),
  interaction_id uuid not null,
  html text not null,
  unsubscribe_url text not null,
  member_id uuid not null,
  quiet_from text collate "C" not null,
  quiet_until text collate "C" not null,
  time_zone text collate "C" not null,
  constraint campaign_letters_pkey PRIMARY KEY (tenant_id, interaction_id)
);
CREATE INDEX campaign_letters_of_member ON interaction.campaign_letters USING btree (tenant_id, member_id);
alter table campaign_letters enable row level security, force row level security;
create policy tenant on campaign_letters for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_letters to interaction_app;

create table campaign_stops (
  tenant_id uuid not null default tenant(),
  stop_id uuid not null,
  kind text collate "C" not null,
  value text collate "C" not null,
  constraint campaign_stops_pkey PRIMARY KEY (tenant_id, stop_id)
);
CREATE INDEX campaign_stops_by_value ON interaction.campaign_stops USING btree (tenant_id, kind, value);
alter table campaign_stops enable row level security, force row level security;
create policy tenant on campaign_stops for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_stops to interaction_app;

create table care_clocks (
  tenant_id uuid not null default tenant(),
  care_clock_id uuid not null,
  care_plan_id uuid not null,
  customer_id uuid not null,
  order_id uuid,
  next_due_date date,
  due_order_date date not null,
  since_date date,
  mark integer not null,
  terms integer not null,
  occasion text collate "C" not null,
  open_task_id uuid,
  made_count integer not null,
  done_count integer not null,
  skipped_count integer not null,
  last_done_date date,
  version integer not null,
  constraint care_clocks_pkey PRIMARY KEY (tenant_id, care_clock_id)
);
CREATE INDEX care_clocks_by_due_date ON interaction.care_clocks USING btree (tenant_id, care_plan_id, due_order_date, care_clock_id);
CREATE INDEX care_clocks_by_task ON interaction.care_clocks USING btree (tenant_id, open_task_id) WHERE (open_task_id IS NOT NULL);
CREATE INDEX care_clocks_of_customer ON interaction.care_clocks USING btree (tenant_id, customer_id);
CREATE INDEX care_clocks_of_order ON interaction.care_clocks USING btree (tenant_id, care_plan_id, order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX care_clocks_of_plan ON interaction.care_clocks USING btree (tenant_id, care_plan_id, customer_id);
alter table care_clocks enable row level security, force row level security;
create policy tenant on care_clocks for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on care_clocks to interaction_app;

create table care_customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text not null,
  owner_id uuid,
  grade integer not null,
  birth_day integer,
  registered_date date not null,
  mark integer not null,
  version integer not null,
  constraint care_customers_pkey PRIMARY KEY (tenant_id, customer_id)
);
alter table care_customers enable row level security, force row level security;
create policy tenant on care_customers for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on care_customers to interaction_app;

create table care_orders (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  customer_id uuid not null,
  order_date date not null,
  version integer not null,
  constraint care_orders_pkey PRIMARY KEY (tenant_id, order_id)
);
CREATE INDEX care_orders_by_date ON interaction.care_orders USING btree (tenant_id, order_date, order_id);
CREATE INDEX care_orders_of_customer ON interaction.care_orders USING btree (tenant_id, customer_id, order_date);
alter table care_orders enable row level security, force row level security;
create policy tenant on care_orders for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on care_orders to interaction_app;

create table care_plans (
  tenant_id uuid not null default tenant(),
  care_plan_id uuid not null,
  display_name text collate "C" not null,
  occasion text collate "C" not null,
  cadences jsonb not null,
  days integer not null,
  grades jsonb not null,
  task_title text not null,
  task_note text not null,
  task_days integer not null,
  fallback_assignee_id uuid,
  message_subject text not null,
  message_body text not null,
  enabled boolean not null,
  start_date date not null,
  terms integer not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint care_plans_pkey PRIMARY KEY (tenant_id, care_plan_id)
);
CREATE INDEX care_plans_by_create_time ON interaction.care_plans USING btree (tenant_id, create_time, care_plan_id);
CREATE INDEX care_plans_by_name ON interaction.care_plans USING btree (tenant_id, display_name, care_plan_id);
CREATE INDEX care_plans_by_update_time ON interaction.care_plans USING btree (tenant_id, update_time, care_plan_id);
alter table care_plans enable row level security, force row level security;
create policy tenant on care_plans for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on care_plans to interaction_app;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to interaction_app;
grant select on checkpoints to interaction_relay;

create table contacts (
  tenant_id uuid not null default tenant(),
  contact_id uuid not null,
  display_name text collate "C" not null,
  customer_ids jsonb not null,
  points jsonb not null,
  preferred_channels jsonb not null,
  consents jsonb not null,
  version integer not null,
  constraint contacts_pkey PRIMARY KEY (tenant_id, contact_id)
);
alter table contacts enable row level security, force row level security;
create policy tenant on contacts for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on contacts to interaction_app;

create table conversation_threads (
  tenant_id uuid not null default tenant(),
  channel text collate "C" not null,
  key text collate "C" not null,
  conversation_id uuid not null,
  constraint conversation_threads_pkey PRIMARY KEY (tenant_id, channel, key)
);
CREATE INDEX conversation_threads_of_conversation ON interaction.conversation_threads USING btree (tenant_id, conversation_id);
alter table conversation_threads enable row level security, force row level security;
create policy tenant on conversation_threads for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on conversation_threads to interaction_app;

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
  interaction_count integer not null,
  last_position integer not null,
  first_time timestamp(3) with time zone not null,
  last_time timestamp(3) with time zone not null,
  waiting_since_time timestamp(3) with time zone,
  reply_due_time timestamp(3) with time zone,
  reply_due_order timestamp(3) with time zone not null,
  overdue boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint conversations_pkey PRIMARY KEY (tenant_id, conversation_id)
);
CREATE INDEX conversations_by_create_time ON interaction.conversations USING btree (tenant_id, create_time, conversation_id);
CREATE INDEX conversations_by_due_time ON interaction.conversations USING btree (tenant_id, reply_due_order, conversation_id);
CREATE INDEX conversations_by_last_time ON interaction.conversations USING btree (tenant_id, last_time, conversation_id);
CREATE INDEX conversations_of_assignee ON interaction.conversations USING btree (tenant_id, assignee_id, state) WHERE (assignee_id IS NOT NULL);
CREATE INDEX conversations_of_case ON interaction.conversations USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX conversations_of_contact ON interaction.conversations USING btree (tenant_id, contact_id, last_time) WHERE (contact_id IS NOT NULL);
CREATE INDEX conversations_of_customer ON interaction.conversations USING btree (tenant_id, customer_id, last_time) WHERE (customer_id IS NOT NULL);
CREATE INDEX conversations_that_wait ON interaction.conversations USING btree (tenant_id, overdue, reply_due_time) WHERE (reply_due_time IS NOT NULL);
alter table conversations enable row level security, force row level security;
create policy tenant on conversations for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on conversations to interaction_app;

create table customer_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  customer_id uuid not null,
  constraint customer_external_ids_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX customer_external_ids_of_customer ON interaction.customer_external_ids USING btree (tenant_id, customer_id);
alter table customer_external_ids enable row level security, force row level security;
create policy tenant on customer_external_ids for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_external_ids to interaction_app;

create table customer_links (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merged_into_id uuid not null,
  constraint customer_links_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_links_by_target ON interaction.customer_links USING btree (tenant_id, merged_into_id);
alter table customer_links enable row level security, force row level security;
create policy tenant on customer_links for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_links to interaction_app;

create table customer_moves (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  record_id uuid not null,
  customer_id uuid not null,
  moved_to_id uuid not null,
  constraint customer_moves_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
CREATE INDEX customer_moves_of_customer ON interaction.customer_moves USING btree (tenant_id, customer_id, kind);
alter table customer_moves enable row level security, force row level security;
create policy tenant on customer_moves for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_moves to interaction_app;

create table customer_reaches (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  points jsonb not null,
  preferred_channels jsonb not null,
  contact_hours jsonb not null,
  consents jsonb not null,
  version integer not null,
  constraint customer_reaches_pkey PRIMARY KEY (tenant_id, customer_id)
);
alter table customer_reaches enable row level security, force row level security;
create policy tenant on customer_reaches for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_reaches to interaction_app;

create table customer_values (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  importance integer not null,
  version integer not null,
  constraint customer_values_pkey PRIMARY KEY (tenant_id, customer_id)
);
alter table customer_values enable row level security, force row level security;
create policy tenant on customer_values for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_values to interaction_app;

create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  owner_id uuid,
  grade integer not null,
  version integer not null,
  state integer not null default 1,
  constraint customers_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customers_by_name ON interaction.customers USING btree (tenant_id, display_name);
CREATE INDEX customers_by_name_key ON interaction.customers USING btree (tenant_id, name_key);
alter table customers enable row level security, force row level security;
create policy tenant on customers for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customers to interaction_app;

create table dead_letters (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  aggregate_id uuid not null,
  version integer not null,
  stream_sequence bigint not null,
  subject text not null,
  payload bytea not null,
  attempts integer not null,
  parked boolean not null,
  error text not null,
  create_time timestamp(3) with time zone not null default now(),
  constraint dead_letters_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
CREATE INDEX dead_letters_by_aggregate ON interaction.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to interaction_relay using (parked);
create policy tenant on dead_letters for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to interaction_app;
grant select (consumer), select (parked) on dead_letters to interaction_relay;

create table event_log (
  event_id uuid not null,
  tenant_id uuid not null,
  aggregate_id uuid not null,
  version integer not null,
  subject text not null,
  payload bytea not null,
  stream_sequence bigint not null,
  publish_time timestamp(3) with time zone not null default now(),
  constraint event_log_pkey PRIMARY KEY (tenant_id, event_id, publish_time)
) partition by RANGE (publish_time);
CREATE INDEX event_log_by_sequence ON ONLY interaction.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY interaction.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to interaction_relay using (true) with check (true);
grant insert, select, update on event_log to interaction_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to interaction_relay using (true);
grant select on event_log_default to interaction_relay;

create table feedback (
  tenant_id uuid not null default tenant(),
  feedback_id uuid not null,
  source text collate "C" not null,
  topic text collate "C" not null,
  text text not null,
  score integer,
  standing text collate "C",
  customer_id uuid,
  contact_id uuid,
  case_id uuid,
  product_id uuid,
  interaction_id uuid,
  survey_invitation_id uuid,
  owner_id uuid,
  state text collate "C" not null,
  deadline_time timestamp(3) with time zone not null,
  escalate_time timestamp(3) with time zone,
  response_time timestamp(3) with time zone,
  resolve_time timestamp(3) with time zone,
  close_time timestamp(3) with time zone,
  answer text not null,
  event_time timestamp(3) with time zone not null,
  event_date date not null,
  external_ids jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint feedback_pkey PRIMARY KEY (tenant_id, feedback_id)
);
CREATE INDEX feedback_by_case ON interaction.feedback USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX feedback_by_contact ON interaction.feedback USING btree (tenant_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX feedback_by_create_time ON interaction.feedback USING btree (tenant_id, create_time, feedback_id);
CREATE INDEX feedback_by_customer ON interaction.feedback USING btree (tenant_id, customer_id, event_time) WHERE (customer_id IS NOT NULL);
CREATE INDEX feedback_by_deadline_time ON interaction.feedback USING btree (tenant_id, deadline_time, feedback_id);
CREATE INDEX feedback_by_event_date ON interaction.feedback USING btree (tenant_id, event_date);
CREATE INDEX feedback_by_event_time ON interaction.feedback USING btree (tenant_id, event_time, feedback_id);
CREATE INDEX feedback_by_owner ON interaction.feedback USING btree (tenant_id, owner_id, state) WHERE (owner_id IS NOT NULL);
CREATE INDEX feedback_by_product ON interaction.feedback USING btree (tenant_id, product_id, event_time) WHERE (product_id IS NOT NULL);
CREATE INDEX feedback_by_state ON interaction.feedback USING btree (tenant_id, state, deadline_time);
CREATE INDEX feedback_by_topic ON interaction.feedback USING btree (tenant_id, topic, event_time) WHERE (topic <> ''::text);
CREATE INDEX feedback_by_update_time ON interaction.feedback USING btree (tenant_id, update_time, feedback_id);
alter table feedback enable row level security, force row level security;
create policy tenant on feedback for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on feedback to interaction_app;

create table feedback_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  feedback_id uuid not null,
  constraint feedback_keys_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX feedback_keys_of_feedback ON interaction.feedback_keys USING btree (tenant_id, feedback_id);
alter table feedback_keys enable row level security, force row level security;
create policy tenant on feedback_keys for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on feedback_keys to interaction_app;

create table feedback_policies (
  tenant_id uuid not null default tenant(),
  feedback_policy_id uuid not null,
  response_days integer not null,
  escalate_to_id uuid,
  survey_fatigue_days integer not null,
  update_time timestamp(3) with time zone,
  version integer not null,
  constraint feedback_policies_pkey PRIMARY KEY (tenant_id, feedback_policy_id)
);
alter table feedback_policies enable row level security, force row level security;
create policy tenant on feedback_policies for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on feedback_policies to interaction_app;

create table hand_overs (
  tenant_id uuid not null default tenant(),
  hand_over_id uuid not null,
  from_user_id uuid not null,
  to_user_ids jsonb not null,
  reason text collate "C" not null,
  stream_sequence bigint not null,
  constraint hand_overs_pkey PRIMARY KEY (tenant_id, hand_over_id)
);
alter table hand_overs enable row level security, force row level security;
create policy tenant on hand_overs for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on hand_overs to interaction_app;

create table import_chunks (
  tenant_id uuid not null default tenant(),
  upload_id uuid not null,
  number integer not null,
  import_id uuid not null,
  bytes bytea not null,
  create_time timestamp(3) with time zone not null default now(),
  constraint import_chunks_pkey PRIMARY KEY (tenant_id, upload_id, number)
);
CREATE INDEX import_chunks_by_import ON interaction.import_chunks USING btree (tenant_id, import_id);
alter table import_chunks enable row level security, force row level security;
create policy tenant on import_chunks for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_chunks to interaction_app;

create table import_failures (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  run integer not null,
  "row" bigint not null,
  failure_id bigint not null generated always as identity,
  cells jsonb not null,
  faults jsonb not null,
  constraint import_failures_pkey PRIMARY KEY (tenant_id, import_id, run, "row", failure_id)
);
alter table import_failures enable row level security, force row level security;
create policy tenant on import_failures for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_failures to interaction_app;

create table import_keys (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  run integer not null,
  key text collate "C" not null,
  record_id uuid,
  "row" bigint not null,
  rows integer not null,
  content uuid not null,
  fate text not null,
  constraint import_keys_pkey PRIMARY KEY (tenant_id, import_id, run, key)
);
alter table import_keys enable row level security, force row level security;
create policy tenant on import_keys for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_keys to interaction_app;

create table import_records (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  source_system text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  constraint import_records_pkey PRIMARY KEY (tenant_id, kind, source_system, key)
);
CREATE INDEX import_records_by_record ON interaction.import_records USING btree (tenant_id, record_id);
alter table import_records enable row level security, force row level security;
create policy tenant on import_records for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_records to interaction_app;

create table import_writes (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  record_id uuid not null,
  place bigint not null,
  "row" bigint not null,
  version integer not null,
  before jsonb,
  content uuid,
  outcome text,
  undo_version integer,
  constraint import_writes_pkey PRIMARY KEY (tenant_id, import_id, record_id)
);
CREATE INDEX import_writes_by_place ON interaction.import_writes USING btree (tenant_id, import_id, place);
alter table import_writes enable row level security, force row level security;
create policy tenant on import_writes for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_writes to interaction_app;

create table imports (
  tenant_id uuid not null default tenant(),
  import_id uuid not null,
  kind text collate "C" not null,
  source_system text collate "C" not null,
  file_name text not null,
  wish jsonb not null,
  format jsonb,
  manners jsonb,
  mapping jsonb not null,
  is_guessed boolean not null,
  columns jsonb not null,
  replacements jsonb not null,
  dry_run boolean not null,
  after_sequence bigint not null,
  state text collate "C" not null,
  upload_id uuid,
  size_bytes bigint not null,
  sha256 text not null,
  run integer not null,
  run_dry boolean not null,
  cursor bigint not null,
  read_bytes bigint not null,
  read_rows bigint not null,
  created_rows bigint not null,
  updated_rows bigint not null,
  unchanged_rows bigint not null,
  failed_rows bigint not null,
  created_records bigint not null,
  updated_records bigint not null,
  removed_records bigint not null,
  restored_records bigint not null,
  kept_records bigint not null,
  last_sequence bigint not null,
  error text not null,
  creator jsonb not null,
  initiator jsonb not null,
  create_time timestamp(3) with time zone not null,
  start_time timestamp(3) with time zone,
  end_time timestamp(3) with time zone,
  file_expire_time timestamp(3) with time zone,
  version integer not null,
  similar_rows bigint not null default 0,
  constraint imports_pkey PRIMARY KEY (tenant_id, import_id)
);
CREATE INDEX imports_by_time ON interaction.imports USING btree (tenant_id, create_time, import_id);
alter table imports enable row level security, force row level security;
create policy tenant on imports for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on imports to interaction_app;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to interaction_app;

create table interaction_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  interaction_id uuid not null,
  constraint interaction_keys_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX interaction_keys_of_interaction ON interaction.interaction_keys USING btree (tenant_id, interaction_id);
alter table interaction_keys enable row level security, force row level security;
create policy tenant on interaction_keys for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on interaction_keys to interaction_app;

create table interactions (
  tenant_id uuid not null default tenant(),
  interaction_id uuid not null,
  channel text collate "C" not null,
  direction text collate "C" not null,
  customer_id uuid,
  contact_id uuid,
  conversation_id uuid,
  "position" integer,
  user_id uuid,
  automatic boolean not null,
  party_address text collate "C" not null,
  party_name text not null,
  subject text not null,
  body text not null,
  event_time timestamp(3) with time zone not null,
  event_date date not null,
  duration_seconds integer not null,
  detail jsonb,
  outcome text collate "C",
  outcome_note text not null,
  learned jsonb,
  learned_kind text collate "C",
  in_reply_to_interaction_id uuid,
  reply_due_time timestamp(3) with time zone,
  reply_time timestamp(3) with time zone,
  reply_interaction_id uuid,
  response_seconds integer,
  reply_overdue boolean not null,
  delivery jsonb,
  delivery_state text collate "C",
  cause_key text collate "C",
  case_id uuid,
  opportunity_id uuid,
  order_id uuid,
  topic text collate "C",
  case_wish jsonb,
  external_ids jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  campaign_message_id uuid,
  campaign_id uuid,
  constraint interactions_pkey PRIMARY KEY (tenant_id, interaction_id)
);
CREATE UNIQUE INDEX interactions_by_campaign_message ON interaction.interactions USING btree (tenant_id, campaign_message_id) WHERE (campaign_message_id IS NOT NULL);
CREATE UNIQUE INDEX interactions_by_cause ON interaction.interactions USING btree (tenant_id, cause_key) WHERE (cause_key IS NOT NULL);
CREATE INDEX interactions_by_channel ON interaction.interactions USING btree (tenant_id, channel, event_time);
CREATE INDEX interactions_by_create_time ON interaction.interactions USING btree (tenant_id, create_time, interaction_id);
CREATE INDEX interactions_by_delivery ON interaction.interactions USING btree (tenant_id, delivery_state, event_time) WHERE (delivery_state IS NOT NULL);
CREATE INDEX interactions_by_event_time ON interaction.interactions USING btree (tenant_id, event_time, interaction_id);
CREATE INDEX interactions_by_party ON interaction.interactions USING btree (tenant_id, party_address);
CREATE INDEX interactions_by_topic ON interaction.interactions USING btree (tenant_id, topic, event_time) WHERE (topic IS NOT NULL);
CREATE INDEX interactions_by_update_time ON interaction.interactions USING btree (tenant_id, update_time, interaction_id);
CREATE INDEX interactions_of_case ON interaction.interactions USING btree (tenant_id, case_id, event_time) WHERE (case_id IS NOT NULL);
CREATE INDEX interactions_of_contact ON interaction.interactions USING btree (tenant_id, contact_id, event_time) WHERE (contact_id IS NOT NULL);
CREATE UNIQUE INDEX interactions_of_conversation ON interaction.interactions USING btree (tenant_id, conversation_id, "position") WHERE (conversation_id IS NOT NULL);
CREATE INDEX interactions_of_customer ON interaction.interactions USING btree (tenant_id, customer_id, event_time, interaction_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX interactions_of_opportunity ON interaction.interactions USING btree (tenant_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
CREATE INDEX interactions_of_order ON interaction.interactions USING btree (tenant_id, order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX interactions_of_user ON interaction.interactions USING btree (tenant_id, user_id, event_time) WHERE (user_id IS NOT NULL);
CREATE INDEX interactions_queued_of_campaign ON interaction.interactions USING btree (tenant_id, campaign_id, interaction_id) WHERE ((campaign_id IS NOT NULL) AND (delivery_state = 'QUEUED'::text));
CREATE INDEX interactions_that_taught ON interaction.interactions USING btree (tenant_id, customer_id, event_time) WHERE (learned_kind = 'FACTS'::text);
CREATE INDEX interactions_that_wait ON interaction.interactions USING btree (tenant_id, conversation_id, event_time) WHERE ((reply_due_time IS NOT NULL) AND (reply_time IS NULL));
alter table interactions enable row level security, force row level security;
create policy tenant on interactions for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on interactions to interaction_app;

create table jobs (
  tenant_id uuid not null default tenant(),
  job_id uuid not null,
  name text collate "C" not null,
  subject_id uuid not null,
  due_time timestamp(3) with time zone not null default now(),
  attempts integer not null default 0,
  error text,
  create_time timestamp(3) with time zone not null default now(),
  constraint jobs_pkey PRIMARY KEY (tenant_id, job_id),
  constraint jobs_tenant_id_name_subject_id_key UNIQUE (tenant_id, name, subject_id)
);
CREATE INDEX jobs_by_due_time ON interaction.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to interaction_relay using (true) with check (true);
create policy tenant on jobs for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to interaction_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to interaction_relay;

create table mail_sources (
  tenant_id uuid not null default tenant(),
  mail_id uuid not null,
  bytes bytea not null,
  constraint mail_sources_pkey PRIMARY KEY (tenant_id, mail_id)
);
alter table mail_sources enable row level security, force row level security;
create policy tenant on mail_sources for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on mail_sources to interaction_app;

create table mailboxes (
  tenant_id uuid not null default tenant(),
  mailbox_id uuid not null,
  address text collate "C" not null,
  display_name text not null,
  opens_cases boolean not null,
  queue_id uuid,
  signature text not null,
  acknowledgement text not null,
  active boolean not null,
  is_default boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint mailboxes_pkey PRIMARY KEY (tenant_id, mailbox_id)
);
CREATE UNIQUE INDEX mailboxes_by_address ON interaction.mailboxes USING btree (tenant_id, address);
CREATE INDEX mailboxes_by_create_time ON interaction.mailboxes USING btree (tenant_id, create_time, mailbox_id);
CREATE UNIQUE INDEX mailboxes_default ON interaction.mailboxes USING btree (tenant_id) WHERE is_default;
alter table mailboxes enable row level security, force row level security;
create policy tenant on mailboxes for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on mailboxes to interaction_app;

create table mails (
  tenant_id uuid not null default tenant(),
  mail_id uuid not null,
  mailbox_id uuid not null,
  state text collate "C" not null,
  reason text collate "C" not null,
  interaction_id uuid,
  message_id text collate "C" not null,
  sha256 text collate "C" not null,
  size_bytes integer not null,
  receive_time timestamp(3) with time zone not null,
  settle_time timestamp(3) with time zone,
  attachment_count integer not null,
  kept_attachment_count integer not null,
  refused_attachment_count integer not null,
  attachment_reasons jsonb not null,
  version integer not null,
  constraint mails_pkey PRIMARY KEY (tenant_id, mail_id)
);
CREATE INDEX mails_by_interaction ON interaction.mails USING btree (tenant_id, interaction_id, receive_time);
CREATE INDEX mails_by_receive_time ON interaction.mails USING btree (tenant_id, receive_time, mail_id);
CREATE INDEX mails_by_state ON interaction.mails USING btree (tenant_id, mailbox_id, state, receive_time);
alter table mails enable row level security, force row level security;
create policy tenant on mails for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on mails to interaction_app;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to interaction_app;
grant select on migrations to interaction_relay;

create table outbox (
  "position" bigint not null generated always as identity,
  event_id uuid not null,
  tenant_id uuid not null default tenant(),
  aggregate_id uuid not null,
  version integer not null,
  subject text not null,
  payload bytea not null,
  traceparent text,
  constraint outbox_pkey PRIMARY KEY ("position"),
  constraint outbox_tenant_id_aggregate_id_version_key UNIQUE (tenant_id, aggregate_id, version)
);
alter table outbox enable row level security, force row level security;
create policy relay on outbox for all to interaction_relay using (true);
create policy tenant on outbox for insert to interaction_app with check ((tenant_id = tenant()));
grant delete, select on outbox to interaction_relay;
grant insert on outbox to interaction_app;

create table party_addresses (
  tenant_id uuid not null default tenant(),
  owner_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  customer_id uuid,
  contact_id uuid
);
CREATE INDEX party_addresses_by_key ON interaction.party_addresses USING btree (tenant_id, kind, key);
CREATE INDEX party_addresses_of_customer ON interaction.party_addresses USING btree (tenant_id, customer_id, kind) WHERE (customer_id IS NOT NULL);
CREATE INDEX party_addresses_of_owner ON interaction.party_addresses USING btree (tenant_id, owner_id);
alter table party_addresses enable row level security, force row level security;
create policy tenant on party_addresses for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on party_addresses to interaction_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to interaction_app;

create table requests (
  tenant_id uuid not null default tenant(),
  principal text collate "C" not null,
  method text collate "C" not null,
  request_id text collate "C" not null,
  hash text not null,
  answer bytea,
  principal_version integer,
  create_time timestamp(3) with time zone not null default now(),
  constraint requests_pkey PRIMARY KEY (tenant_id, principal, method, request_id)
);
CREATE INDEX requests_by_time ON interaction.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to interaction_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to interaction_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to interaction_app;
grant delete, select (create_time) on requests to interaction_relay;

create table response_targets (
  tenant_id uuid not null default tenant(),
  response_target_id uuid not null,
  channel text collate "C" not null,
  grade text collate "C" not null,
  reply_minutes integer not null,
  silence_days integer not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint response_targets_pkey PRIMARY KEY (tenant_id, response_target_id),
  constraint response_targets_once UNIQUE (tenant_id, channel, grade)
);
CREATE INDEX response_targets_by_create_time ON interaction.response_targets USING btree (tenant_id, create_time, response_target_id);
alter table response_targets enable row level security, force row level security;
create policy tenant on response_targets for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on response_targets to interaction_app;

create table return_visits (
  tenant_id uuid not null default tenant(),
  return_visit_id uuid not null,
  task_id uuid,
  customer_id uuid not null,
  contact_id uuid,
  channel text collate "C" not null,
  rating integer not null,
  answers jsonb not null,
  needs jsonb not null,
  user_id uuid,
  interaction_id uuid not null,
  event_time timestamp(3) with time zone not null,
  create_time timestamp(3) with time zone not null,
  version integer not null,
  constraint return_visits_pkey PRIMARY KEY (tenant_id, return_visit_id)
);
CREATE INDEX return_visits_by_create_time ON interaction.return_visits USING btree (tenant_id, create_time, return_visit_id);
CREATE INDEX return_visits_by_event_time ON interaction.return_visits USING btree (tenant_id, event_time, return_visit_id);
CREATE INDEX return_visits_by_rating ON interaction.return_visits USING btree (tenant_id, rating, event_time);
CREATE INDEX return_visits_of_customer ON interaction.return_visits USING btree (tenant_id, customer_id, event_time);
CREATE INDEX return_visits_of_task ON interaction.return_visits USING btree (tenant_id, task_id) WHERE (task_id IS NOT NULL);
CREATE INDEX return_visits_of_user ON interaction.return_visits USING btree (tenant_id, user_id, event_time) WHERE (user_id IS NOT NULL);
alter table return_visits enable row level security, force row level security;
create policy tenant on return_visits for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on return_visits to interaction_app;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to interaction_app;

create table segment_members (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member boolean not null,
  version integer not null,
  constraint segment_members_pkey PRIMARY KEY (tenant_id, membership_id)
);
CREATE INDEX segment_members_of_customer ON interaction.segment_members USING btree (tenant_id, customer_id) WHERE member;
alter table segment_members enable row level security, force row level security;
create policy tenant on segment_members for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segment_members to interaction_app;

create table segments (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  rank integer,
  channel text collate "C",
  service_priority text collate "C",
  version integer not null,
  constraint segments_pkey PRIMARY KEY (tenant_id, segment_id)
);
alter table segments enable row level security, force row level security;
create policy tenant on segments for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segments to interaction_app;

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
  send_time timestamp(3) with time zone,
  open_time timestamp(3) with time zone,
  answer_time timestamp(3) with time zone,
  answer_date date,
  expire_time timestamp(3) with time zone,
  occasion_key text collate "C" not null,
  token_hash text collate "C",
  message_id uuid,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint survey_invitations_pkey PRIMARY KEY (tenant_id, survey_invitation_id),
  constraint survey_invitations_occasion UNIQUE (tenant_id, survey_id, occasion_key)
);
CREATE INDEX survey_invitations_by_agent ON interaction.survey_invitations USING btree (tenant_id, agent_id, create_time) WHERE (agent_id IS NOT NULL);
CREATE INDEX survey_invitations_by_answer_date ON interaction.survey_invitations USING btree (tenant_id, answer_date) WHERE (answer_date IS NOT NULL);
CREATE INDEX survey_invitations_by_case ON interaction.survey_invitations USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX survey_invitations_by_contact ON interaction.survey_invitations USING btree (tenant_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX survey_invitations_by_create_time ON interaction.survey_invitations USING btree (tenant_id, create_time, survey_invitation_id);
CREATE INDEX survey_invitations_by_customer ON interaction.survey_invitations USING btree (tenant_id, customer_id, create_time) WHERE (customer_id IS NOT NULL);
CREATE INDEX survey_invitations_by_interaction ON interaction.survey_invitations USING btree (tenant_id, interaction_id) WHERE (interaction_id IS NOT NULL);
CREATE INDEX survey_invitations_by_message ON interaction.survey_invitations USING btree (tenant_id, message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX survey_invitations_by_product ON interaction.survey_invitations USING btree (tenant_id, product_id) WHERE (product_id IS NOT NULL);
CREATE INDEX survey_invitations_by_standing ON interaction.survey_invitations USING btree (tenant_id, customer_id, answer_time) WHERE (standing IS NOT NULL);
CREATE INDEX survey_invitations_by_survey ON interaction.survey_invitations USING btree (tenant_id, survey_id, state, expire_time);
CREATE UNIQUE INDEX survey_invitations_by_token ON interaction.survey_invitations USING btree (tenant_id, token_hash) WHERE (token_hash IS NOT NULL);
CREATE INDEX survey_invitations_by_update_time ON interaction.survey_invitations USING btree (tenant_id, update_time, survey_invitation_id);
CREATE INDEX survey_invitations_imported ON interaction.survey_invitations USING btree (tenant_id, occasion_key) WHERE (expire_time IS NULL);
alter table survey_invitations enable row level security, force row level security;
create policy tenant on survey_invitations for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on survey_invitations to interaction_app;

create table survey_occasions (
  tenant_id uuid not null default tenant(),
  occasion_id uuid not null,
  trigger text collate "C" not null,
  customer_id uuid not null,
  contact_id uuid,
  case_id uuid,
  interaction_id uuid,
  product_id uuid,
  agent_id uuid,
  constraint survey_occasions_pkey PRIMARY KEY (tenant_id, occasion_id)
);
alter table survey_occasions enable row level security, force row level security;
create policy tenant on survey_occasions for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on survey_occasions to interaction_app;

create table survey_runs (
  tenant_id uuid not null default tenant(),
  survey_run_id uuid not null,
  survey_id uuid not null,
  state text collate "C" not null,
  run_date date not null,
  visited integer not null,
  asked integer not null,
  sampled_out integer not null,
  fatigued integer not null,
  no_consent integer not null,
  unreachable integer not null,
  last_customer_id uuid,
  create_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint survey_runs_pkey PRIMARY KEY (tenant_id, survey_run_id),
  constraint survey_runs_tenant_id_survey_id_run_date_key UNIQUE (tenant_id, survey_id, run_date)
);
CREATE INDEX survey_runs_by_create_time ON interaction.survey_runs USING btree (tenant_id, survey_id, create_time, survey_run_id);
alter table survey_runs enable row level security, force row level security;
create policy tenant on survey_runs for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on survey_runs to interaction_app;

create table surveys (
  tenant_id uuid not null default tenant(),
  survey_id uuid not null,
  display_name text collate "C" not null,
  questions jsonb not null,
  texts jsonb not null,
  language_code text collate "C" not null,
  state text collate "C" not null,
  trigger text collate "C" not null,
  interval_days integer not null,
  start_date date,
  send_hour integer not null,
  sample_percent integer not null,
  fatigue_days integer not null,
  valid_days integer not null,
  recovery_score integer,
  topic text not null,
  next_run_time timestamp(3) with time zone,
  activate_time timestamp(3) with time zone,
  copied_from_id uuid,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint surveys_pkey PRIMARY KEY (tenant_id, survey_id)
);
CREATE INDEX surveys_by_create_time ON interaction.surveys USING btree (tenant_id, create_time, survey_id);
CREATE UNIQUE INDEX surveys_by_name ON interaction.surveys USING btree (tenant_id, display_name);
CREATE INDEX surveys_by_trigger ON interaction.surveys USING btree (tenant_id, trigger, state);
CREATE INDEX surveys_by_update_time ON interaction.surveys USING btree (tenant_id, update_time, survey_id);
alter table surveys enable row level security, force row level security;
create policy tenant on surveys for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on surveys to interaction_app;

create table tasks (
  tenant_id uuid not null default tenant(),
  task_id uuid not null,
  kind text collate "C" not null,
  title text not null,
  note text not null,
  state text collate "C" not null,
  assignee_id uuid,
  customer_id uuid,
  contact_id uuid,
  due_time timestamp(3) with time zone,
  due_order_time timestamp(3) with time zone not null,
  remind_time timestamp(3) with time zone,
  duration_minutes integer not null,
  planned_start_time timestamp(3) with time zone,
  planned_end_time timestamp(3) with time zone,
  case_id uuid,
  opportunity_id uuid,
  feedback_id uuid,
  origin jsonb,
  outcome text not null,
  complete_time timestamp(3) with time zone,
  importance integer not null,
  reminded_time timestamp(3) with time zone,
  due_said_time timestamp(3) with time zone,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint tasks_pkey PRIMARY KEY (tenant_id, task_id)
);
CREATE INDEX tasks_booked ON interaction.tasks USING btree (tenant_id, assignee_id, planned_start_time) WHERE (planned_start_time IS NOT NULL);
CREATE INDEX tasks_by_create_time ON interaction.tasks USING btree (tenant_id, create_time, task_id);
CREATE INDEX tasks_by_due_time ON interaction.tasks USING btree (tenant_id, due_order_time, task_id);
CREATE INDEX tasks_by_state ON interaction.tasks USING btree (tenant_id, state, due_order_time);
CREATE INDEX tasks_by_update_time ON interaction.tasks USING btree (tenant_id, update_time, task_id);
CREATE INDEX tasks_of_assignee ON interaction.tasks USING btree (tenant_id, assignee_id, state, due_order_time) WHERE (assignee_id IS NOT NULL);
CREATE INDEX tasks_of_case ON interaction.tasks USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX tasks_of_customer ON interaction.tasks USING btree (tenant_id, customer_id, due_order_time) WHERE (customer_id IS NOT NULL);
CREATE INDEX tasks_of_feedback ON interaction.tasks USING btree (tenant_id, feedback_id) WHERE (feedback_id IS NOT NULL);
CREATE INDEX tasks_of_opportunity ON interaction.tasks USING btree (tenant_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
alter table tasks enable row level security, force row level security;
create policy tenant on tasks for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tasks to interaction_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to interaction_app;

create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  email text collate "C" not null,
  active boolean not null,
  version integer not null,
  constraint users_pkey PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX users_by_email ON interaction.users USING btree (tenant_id, email);
CREATE INDEX users_by_name ON interaction.users USING btree (tenant_id, display_name);
CREATE INDEX users_by_name_key ON interaction.users USING btree (tenant_id, name_key);
alter table users enable row level security, force row level security;
create policy tenant on users for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to interaction_app;

create table visits (
  tenant_id uuid not null default tenant(),
  visit_id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  user_id uuid,
  planned_start_time timestamp(3) with time zone not null,
  planned_end_time timestamp(3) with time zone not null,
  place text not null,
  purpose text not null,
  state text collate "C" not null,
  missed boolean not null,
  missed_time timestamp(3) with time zone,
  check_in jsonb,
  notes text not null,
  outcome text collate "C",
  learned jsonb,
  next_step jsonb,
  next_step_task_id uuid,
  interaction_id uuid,
  opportunity_id uuid,
  case_id uuid,
  end_time timestamp(3) with time zone,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint visits_pkey PRIMARY KEY (tenant_id, visit_id)
);
CREATE INDEX visits_by_create_time ON interaction.visits USING btree (tenant_id, create_time, visit_id);
CREATE INDEX visits_by_end ON interaction.visits USING btree (tenant_id, planned_end_time);
CREATE INDEX visits_by_start ON interaction.visits USING btree (tenant_id, planned_start_time, visit_id);
CREATE INDEX visits_by_state ON interaction.visits USING btree (tenant_id, state, planned_start_time);
CREATE INDEX visits_by_update_time ON interaction.visits USING btree (tenant_id, update_time, visit_id);
CREATE INDEX visits_missed ON interaction.visits USING btree (tenant_id, planned_start_time) WHERE missed;
CREATE INDEX visits_of_case ON interaction.visits USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX visits_of_customer ON interaction.visits USING btree (tenant_id, customer_id, planned_start_time);
CREATE INDEX visits_of_opportunity ON interaction.visits USING btree (tenant_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
CREATE INDEX visits_of_user ON interaction.visits USING btree (tenant_id, user_id, planned_start_time) WHERE (user_id IS NOT NULL);
alter table visits enable row level security, force row level security;
create policy tenant on visits for all to interaction_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on visits to interaction_app;

grant execute on function make_partitions() to interaction_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema interaction to interaction_app;
grant usage on schema interaction to interaction_relay;
