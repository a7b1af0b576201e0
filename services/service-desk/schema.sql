-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION service_desk.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'service_desk', 'pg_temp'
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

CREATE OR REPLACE FUNCTION service_desk.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION service_desk.require_rights(ids uuid[], resource text, action text)
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

CREATE OR REPLACE FUNCTION service_desk.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

create table addresses (
  tenant_id uuid not null default tenant(),
  holder_id uuid not null,
  kind text collate "C" not null,
  address text collate "C" not null,
  customer_id uuid not null,
  contact_id uuid,
  constraint addresses_pkey PRIMARY KEY (tenant_id, holder_id, customer_id, kind, address)
);
CREATE INDEX addresses_by_address ON service_desk.addresses USING btree (tenant_id, kind, address);
alter table addresses enable row level security, force row level security;
create policy tenant on addresses for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on addresses to service_desk_app;

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
CREATE INDEX attachments_by_record ON service_desk.attachments USING btree (tenant_id, record_kind, record_id, attachment_id);
CREATE UNIQUE INDEX attachments_once ON service_desk.attachments USING btree (tenant_id, record_kind, record_id, file_name, sha256) WHERE (state = 'KEPT'::text);
alter table attachments enable row level security, force row level security;
create policy tenant on attachments for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on attachments to service_desk_app;

create table case_changes (
  tenant_id uuid not null default tenant(),
  change_id uuid not null default gen_random_uuid(),
  case_id uuid not null,
  version integer not null,
  "time" timestamp(3) with time zone not null,
  status text collate "C" not null,
  priority text collate "C" not null,
  queue_id uuid,
  assignee_id uuid,
  escalation_level integer not null,
  reason text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  constraint case_changes_pkey PRIMARY KEY (tenant_id, change_id)
);
CREATE UNIQUE INDEX case_changes_of_case ON service_desk.case_changes USING btree (tenant_id, case_id, version, change_id);
alter table case_changes enable row level security, force row level security;
create policy tenant on case_changes for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on case_changes to service_desk_app;

create table case_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  case_id uuid not null,
  constraint case_keys_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX case_keys_of_case ON service_desk.case_keys USING btree (tenant_id, case_id);
alter table case_keys enable row level security, force row level security;
create policy tenant on case_keys for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_keys to service_desk_app;

create table case_marks (
  tenant_id uuid not null default tenant(),
  mark_id bigint not null generated always as identity,
  case_id uuid not null,
  "time" timestamp(3) with time zone not null,
  kind text collate "C" not null,
  import_id uuid,
  constraint case_marks_pkey PRIMARY KEY (tenant_id, mark_id)
);
CREATE INDEX case_marks_of_case ON service_desk.case_marks USING btree (tenant_id, case_id, mark_id);
alter table case_marks enable row level security, force row level security;
create policy tenant on case_marks for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_marks to service_desk_app;

create table case_numbers (
  tenant_id uuid not null default tenant(),
  last_number bigint not null,
  constraint case_numbers_pkey PRIMARY KEY (tenant_id)
);
alter table case_numbers enable row level security, force row level security;
create policy tenant on case_numbers for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_numbers to service_desk_app;

create table case_processes (
  tenant_id uuid not null default tenant(),
  case_process_id uuid not null,
  display_name text collate "C" not null,
  kind text collate "C" not null,
  queue_id uuid,
  steps jsonb not null,
  steps_version integer not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint case_processes_pkey PRIMARY KEY (tenant_id, case_process_id)
);
CREATE INDEX case_processes_by_create_time ON service_desk.case_processes USING btree (tenant_id, create_time, case_process_id);
CREATE UNIQUE INDEX case_processes_by_kind ON service_desk.case_processes USING btree (tenant_id, kind, queue_id) NULLS NOT DISTINCT;
alter table case_processes enable row level security, force row level security;
create policy tenant on case_processes for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_processes to service_desk_app;

create table case_reckonings (
  tenant_id uuid not null default tenant(),
  pass_id uuid not null,
  after_case_id uuid not null,
  again boolean not null,
  constraint case_reckonings_pkey PRIMARY KEY (tenant_id)
);
alter table case_reckonings enable row level security, force row level security;
create policy tenant on case_reckonings for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_reckonings to service_desk_app;

create table case_sla_told (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  what text collate "C" not null,
  begin_time timestamp(3) with time zone not null,
  "time" timestamp(3) with time zone not null,
  constraint case_sla_told_pkey PRIMARY KEY (tenant_id, case_id, what, begin_time)
);
alter table case_sla_told enable row level security, force row level security;
create policy tenant on case_sla_told for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on case_sla_told to service_desk_app;

create table case_values (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null
);
CREATE INDEX case_values_by_text ON service_desk.case_values USING btree (tenant_id, kind, text_value, case_id);
CREATE INDEX case_values_of_case ON service_desk.case_values USING btree (tenant_id, case_id);
alter table case_values enable row level security, force row level security;
create policy tenant on case_values for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_values to service_desk_app;

create table cases (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  number bigint not null,
  kind text collate "C" not null,
  phase text collate "C",
  origin text collate "C",
  subject text collate "C" not null,
  description text not null,
  topic text collate "C",
  priority text collate "C" not null,
  customer_id uuid,
  contact_id uuid,
  order_id uuid,
  product_id uuid,
  serial_number text collate "C",
  conversation_id uuid,
  status text collate "C" not null,
  status_since_time timestamp(3) with time zone not null,
  queue_id uuid,
  assignee_id uuid,
  assign_time timestamp(3) with time zone,
  required_skills jsonb not null,
  routing jsonb,
  grade text collate "C",
  sla jsonb not null,
  due_time timestamp(3) with time zone,
  due_order timestamp(3) with time zone not null,
  breached boolean not null,
  escalation_level integer not null,
  acknowledge_time timestamp(3) with time zone,
  first_response_time timestamp(3) with time zone,
  resolve_time timestamp(3) with time zone,
  close_time timestamp(3) with time zone,
  resolution text collate "C",
  resolution_note text not null,
  root_cause text collate "C",
  root_cause_note text not null,
  reopen_count integer not null,
  reassignment_count integer not null,
  customer_contact_count integer not null,
  steps jsonb not null,
  process_version text not null,
  merged_into_case_id uuid,
  split_from_case_id uuid,
  corrective_action_id uuid,
  external_ids jsonb not null,
  tags jsonb not null,
  open_time timestamp(3) with time zone not null,
  open_date date not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint cases_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX cases_by_assign_time ON service_desk.cases USING btree (tenant_id, assignee_id, queue_id, assign_time) WHERE (assignee_id IS NOT NULL);
CREATE INDEX cases_by_assignee ON service_desk.cases USING btree (tenant_id, assignee_id, status, queue_id) WHERE (assignee_id IS NOT NULL);
CREATE INDEX cases_by_contact ON service_desk.cases USING btree (tenant_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX cases_by_conversation ON service_desk.cases USING btree (tenant_id, conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX cases_by_corrective_action ON service_desk.cases USING btree (tenant_id, corrective_action_id) WHERE (corrective_action_id IS NOT NULL);
CREATE INDEX cases_by_customer ON service_desk.cases USING btree (tenant_id, customer_id, open_time) WHERE (customer_id IS NOT NULL);
CREATE INDEX cases_by_due ON service_desk.cases USING btree (tenant_id, due_order, case_id);
CREATE INDEX cases_by_merged ON service_desk.cases USING btree (tenant_id, merged_into_case_id) WHERE (merged_into_case_id IS NOT NULL);
CREATE INDEX cases_by_next_due ON service_desk.cases USING btree (tenant_id, due_time) WHERE (due_time IS NOT NULL);
CREATE UNIQUE INDEX cases_by_number ON service_desk.cases USING btree (tenant_id, number);
CREATE INDEX cases_by_open_date ON service_desk.cases USING btree (tenant_id, kind, open_date);
CREATE INDEX cases_by_open_time ON service_desk.cases USING btree (tenant_id, open_time, case_id);
CREATE INDEX cases_by_order ON service_desk.cases USING btree (tenant_id, order_id) WHERE (order_id IS NOT NULL);
CREATE INDEX cases_by_product ON service_desk.cases USING btree (tenant_id, product_id, open_date) WHERE (product_id IS NOT NULL);
CREATE INDEX cases_by_queue ON service_desk.cases USING btree (tenant_id, queue_id, status, due_order) WHERE (queue_id IS NOT NULL);
CREATE INDEX cases_by_root_cause ON service_desk.cases USING btree (tenant_id, root_cause, open_date) WHERE (root_cause IS NOT NULL);
CREATE INDEX cases_by_serial ON service_desk.cases USING btree (tenant_id, serial_number) WHERE (serial_number IS NOT NULL);
CREATE INDEX cases_by_split ON service_desk.cases USING btree (tenant_id, split_from_case_id) WHERE (split_from_case_id IS NOT NULL);
CREATE INDEX cases_by_status ON service_desk.cases USING btree (tenant_id, status, due_order);
CREATE INDEX cases_by_topic ON service_desk.cases USING btree (tenant_id, topic, open_date) WHERE (topic IS NOT NULL);
CREATE INDEX cases_by_update_time ON service_desk.cases USING btree (tenant_id, update_time, case_id);
CREATE INDEX cases_open ON service_desk.cases USING btree (tenant_id, case_id) WHERE (status = ANY (ARRAY['NEW'::text, 'ASSIGNED'::text, 'IN_PROGRESS'::text, 'WAITING_CUSTOMER'::text, 'ON_HOLD'::text]));
alter table cases enable row level security, force row level security;
create policy tenant on cases for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on cases to service_desk_app;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to service_desk_app;
grant select on checkpoints to service_desk_relay;

create table corrective_action_customers (
  tenant_id uuid not null default tenant(),
  corrective_action_id uuid not null,
  customer_id uuid not null,
  contact_id uuid,
  case_id uuid,
  linked_count integer not null,
  notice_id uuid,
  constraint corrective_action_customers_pkey PRIMARY KEY (tenant_id, corrective_action_id, customer_id)
);
CREATE INDEX corrective_action_customers_untold ON service_desk.corrective_action_customers USING btree (tenant_id, corrective_action_id, customer_id) WHERE (notice_id IS NULL);
alter table corrective_action_customers enable row level security, force row level security;
create policy tenant on corrective_action_customers for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on corrective_action_customers to service_desk_app;

create table corrective_action_feedbacks (
  tenant_id uuid not null default tenant(),
  corrective_action_id uuid not null,
  feedback_id uuid not null,
  constraint corrective_action_feedbacks_pkey PRIMARY KEY (tenant_id, corrective_action_id, feedback_id)
);
alter table corrective_action_feedbacks enable row level security, force row level security;
create policy tenant on corrective_action_feedbacks for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on corrective_action_feedbacks to service_desk_app;

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
  state_since_time timestamp(3) with time zone not null,
  effect_note text not null,
  customer_message text not null,
  cancel_reason text not null,
  complete_time timestamp(3) with time zone,
  linked_count integer not null,
  told_count integer not null,
  without_customer_count integer not null,
  told_customer_count integer not null,
  tell_time timestamp(3) with time zone,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint corrective_actions_pkey PRIMARY KEY (tenant_id, corrective_action_id)
);
CREATE INDEX corrective_actions_by_cause ON service_desk.corrective_actions USING btree (tenant_id, root_cause) WHERE (root_cause IS NOT NULL);
CREATE INDEX corrective_actions_by_create_time ON service_desk.corrective_actions USING btree (tenant_id, create_time, corrective_action_id);
CREATE INDEX corrective_actions_by_owner ON service_desk.corrective_actions USING btree (tenant_id, owner_id, state) WHERE (owner_id IS NOT NULL);
CREATE INDEX corrective_actions_by_product ON service_desk.corrective_actions USING btree (tenant_id, product_id) WHERE (product_id IS NOT NULL);
CREATE INDEX corrective_actions_by_state ON service_desk.corrective_actions USING btree (tenant_id, state, due_date);
CREATE INDEX corrective_actions_by_update_time ON service_desk.corrective_actions USING btree (tenant_id, update_time, corrective_action_id);
alter table corrective_actions enable row level security, force row level security;
create policy tenant on corrective_actions for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on corrective_actions to service_desk_app;

create table customer_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  customer_id uuid not null,
  constraint customer_external_ids_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX customer_external_ids_of_customer ON service_desk.customer_external_ids USING btree (tenant_id, customer_id);
alter table customer_external_ids enable row level security, force row level security;
create policy tenant on customer_external_ids for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_external_ids to service_desk_app;

create table customer_links (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merged_into_id uuid not null,
  constraint customer_links_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_links_by_target ON service_desk.customer_links USING btree (tenant_id, merged_into_id);
alter table customer_links enable row level security, force row level security;
create policy tenant on customer_links for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_links to service_desk_app;

create table customer_moves (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  record_id uuid not null,
  customer_id uuid not null,
  moved_to_id uuid not null,
  constraint customer_moves_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
CREATE INDEX customer_moves_of_customer ON service_desk.customer_moves USING btree (tenant_id, customer_id, kind);
alter table customer_moves enable row level security, force row level security;
create policy tenant on customer_moves for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_moves to service_desk_app;

create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  owner_id uuid,
  grade integer not null,
  version integer not null,
  constraint customers_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customers_by_name ON service_desk.customers USING btree (tenant_id, display_name);
CREATE INDEX customers_by_name_key ON service_desk.customers USING btree (tenant_id, name_key);
alter table customers enable row level security, force row level security;
create policy tenant on customers for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customers to service_desk_app;

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
CREATE INDEX dead_letters_by_aggregate ON service_desk.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to service_desk_relay using (parked);
create policy tenant on dead_letters for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to service_desk_app;
grant select (consumer), select (parked) on dead_letters to service_desk_relay;

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
CREATE INDEX event_log_by_sequence ON ONLY service_desk.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY service_desk.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to service_desk_relay using (true) with check (true);
grant insert, select, update on event_log to service_desk_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to service_desk_relay using (true);
grant select on event_log_default to service_desk_relay;

create table feedbacks (
  tenant_id uuid not null default tenant(),
  feedback_id uuid not null,
  customer_id uuid,
  contact_id uuid,
  version integer not null,
  constraint feedbacks_pkey PRIMARY KEY (tenant_id, feedback_id)
);
alter table feedbacks enable row level security, force row level security;
create policy tenant on feedbacks for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on feedbacks to service_desk_app;

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
create policy tenant on hand_overs for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on hand_overs to service_desk_app;

create table import_chunks (
  tenant_id uuid not null default tenant(),
  upload_id uuid not null,
  number integer not null,
  import_id uuid not null,
  bytes bytea not null,
  create_time timestamp(3) with time zone not null default now(),
  constraint import_chunks_pkey PRIMARY KEY (tenant_id, upload_id, number)
);
CREATE INDEX import_chunks_by_import ON service_desk.import_chunks USING btree (tenant_id, import_id);
alter table import_chunks enable row level security, force row level security;
create policy tenant on import_chunks for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_chunks to service_desk_app;

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
create policy tenant on import_failures for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_failures to service_desk_app;

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
create policy tenant on import_keys for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_keys to service_desk_app;

create table import_records (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  source_system text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  constraint import_records_pkey PRIMARY KEY (tenant_id, kind, source_system, key)
);
CREATE INDEX import_records_by_record ON service_desk.import_records USING btree (tenant_id, record_id);
alter table import_records enable row level security, force row level security;
create policy tenant on import_records for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_records to service_desk_app;

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
CREATE INDEX import_writes_by_place ON service_desk.import_writes USING btree (tenant_id, import_id, place);
alter table import_writes enable row level security, force row level security;
create policy tenant on import_writes for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_writes to service_desk_app;

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
CREATE INDEX imports_by_time ON service_desk.imports USING btree (tenant_id, create_time, import_id);
alter table imports enable row level security, force row level security;
create policy tenant on imports for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on imports to service_desk_app;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to service_desk_app;

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
CREATE INDEX jobs_by_due_time ON service_desk.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to service_desk_relay using (true) with check (true);
create policy tenant on jobs for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to service_desk_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to service_desk_relay;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to service_desk_app;
grant select on migrations to service_desk_relay;

create table need_versions (
  tenant_id uuid not null default tenant(),
  version_id uuid not null default gen_random_uuid(),
  need_id uuid not null,
  version integer not null,
  "time" timestamp(3) with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  state bytea not null,
  constraint need_versions_pkey PRIMARY KEY (tenant_id, version_id)
);
CREATE INDEX need_versions_of_need ON service_desk.need_versions USING btree (tenant_id, need_id, version, version_id);
alter table need_versions enable row level security, force row level security;
create policy tenant on need_versions for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on need_versions to service_desk_app;

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
  source_key text collate "C",
  status text collate "C" not null,
  status_since_time timestamp(3) with time zone not null,
  importance text collate "C" not null,
  custom boolean not null,
  owner_id uuid,
  decline_reason text not null,
  satisfied_date date,
  told_time timestamp(3) with time zone,
  reopen_count integer not null,
  identify_time timestamp(3) with time zone not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint needs_pkey PRIMARY KEY (tenant_id, need_id)
);
CREATE INDEX needs_by_case ON service_desk.needs USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX needs_by_contact ON service_desk.needs USING btree (tenant_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX needs_by_create_time ON service_desk.needs USING btree (tenant_id, create_time, need_id);
CREATE INDEX needs_by_customer ON service_desk.needs USING btree (tenant_id, customer_id, status) WHERE (customer_id IS NOT NULL);
CREATE INDEX needs_by_identify_time ON service_desk.needs USING btree (tenant_id, identify_time, need_id);
CREATE INDEX needs_by_opportunity ON service_desk.needs USING btree (tenant_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
CREATE INDEX needs_by_owner ON service_desk.needs USING btree (tenant_id, owner_id, status) WHERE (owner_id IS NOT NULL);
CREATE INDEX needs_by_product ON service_desk.needs USING btree (tenant_id, product_id, status, customer_id);
CREATE INDEX needs_by_satisfied_date ON service_desk.needs USING btree (tenant_id, satisfied_date) WHERE (satisfied_date IS NOT NULL);
CREATE INDEX needs_by_source ON service_desk.needs USING btree (tenant_id, source_kind, source_id);
CREATE UNIQUE INDEX needs_by_source_key ON service_desk.needs USING btree (tenant_id, source_key) WHERE (source_key IS NOT NULL);
CREATE INDEX needs_by_status ON service_desk.needs USING btree (tenant_id, status, importance);
CREATE INDEX needs_by_update_time ON service_desk.needs USING btree (tenant_id, update_time, need_id);
alter table needs enable row level security, force row level security;
create policy tenant on needs for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on needs to service_desk_app;

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
  create_time timestamp(3) with time zone not null,
  version integer not null,
  constraint notices_pkey PRIMARY KEY (tenant_id, notice_id)
);
CREATE INDEX notices_by_case ON service_desk.notices USING btree (tenant_id, case_id) WHERE (case_id IS NOT NULL);
CREATE UNIQUE INDEX notices_by_corrective_action ON service_desk.notices USING btree (tenant_id, corrective_action_id, customer_id) WHERE (corrective_action_id IS NOT NULL);
CREATE INDEX notices_by_create_time ON service_desk.notices USING btree (tenant_id, create_time, notice_id);
CREATE INDEX notices_by_customer ON service_desk.notices USING btree (tenant_id, customer_id, create_time);
CREATE INDEX notices_by_feedback ON service_desk.notices USING btree (tenant_id, feedback_id) WHERE (feedback_id IS NOT NULL);
CREATE INDEX notices_by_need ON service_desk.notices USING btree (tenant_id, need_id) WHERE (need_id IS NOT NULL);
CREATE INDEX notices_by_purpose ON service_desk.notices USING btree (tenant_id, purpose, create_time);
alter table notices enable row level security, force row level security;
create policy tenant on notices for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on notices to service_desk_app;

create table orders (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  order_number text collate "C" not null,
  customer_id uuid,
  status text collate "C" not null,
  version integer not null,
  constraint orders_pkey PRIMARY KEY (tenant_id, order_id)
);
CREATE INDEX orders_by_customer ON service_desk.orders USING btree (tenant_id, customer_id, status) WHERE (customer_id IS NOT NULL);
CREATE INDEX orders_by_number ON service_desk.orders USING btree (tenant_id, order_number);
alter table orders enable row level security, force row level security;
create policy tenant on orders for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on orders to service_desk_app;

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
create policy relay on outbox for all to service_desk_relay using (true);
create policy tenant on outbox for insert to service_desk_app with check ((tenant_id = tenant()));
grant delete, select on outbox to service_desk_relay;
grant insert on outbox to service_desk_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to service_desk_app;

create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text collate "C" not null,
  version integer not null,
  constraint products_pkey PRIMARY KEY (tenant_id, product_id)
);
CREATE INDEX products_by_code ON service_desk.products USING btree (tenant_id, product_code);
CREATE INDEX products_by_name ON service_desk.products USING btree (tenant_id, display_name);
alter table products enable row level security, force row level security;
create policy tenant on products for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on products to service_desk_app;

create table queues (
  tenant_id uuid not null default tenant(),
  queue_id uuid not null,
  display_name text collate "C" not null,
  description text not null,
  lead_id uuid,
  members jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint queues_pkey PRIMARY KEY (tenant_id, queue_id)
);
CREATE INDEX queues_by_create_time ON service_desk.queues USING btree (tenant_id, create_time, queue_id);
CREATE UNIQUE INDEX queues_by_name ON service_desk.queues USING btree (tenant_id, display_name);
alter table queues enable row level security, force row level security;
create policy tenant on queues for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on queues to service_desk_app;

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
CREATE INDEX requests_by_time ON service_desk.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to service_desk_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to service_desk_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to service_desk_app;
grant delete, select (create_time) on requests to service_desk_relay;

create table routing_policies (
  tenant_id uuid not null default tenant(),
  routing_policy_id uuid not null,
  rules jsonb not null,
  fallback jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint routing_policies_pkey PRIMARY KEY (tenant_id, routing_policy_id)
);
alter table routing_policies enable row level security, force row level security;
create policy tenant on routing_policies for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on routing_policies to service_desk_app;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to service_desk_app;

create table segment_members (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member boolean not null,
  version integer not null,
  constraint segment_members_pkey PRIMARY KEY (tenant_id, membership_id)
);
CREATE INDEX segment_members_of_customer ON service_desk.segment_members USING btree (tenant_id, customer_id) WHERE member;
alter table segment_members enable row level security, force row level security;
create policy tenant on segment_members for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segment_members to service_desk_app;

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
create policy tenant on segments for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segments to service_desk_app;

create table service_calendars (
  tenant_id uuid not null default tenant(),
  service_calendar_id uuid not null,
  display_name text collate "C" not null,
  time_zone text collate "C" not null,
  hours jsonb not null,
  holidays jsonb not null,
  exceptions jsonb not null,
  is_default boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint service_calendars_pkey PRIMARY KEY (tenant_id, service_calendar_id)
);
CREATE INDEX service_calendars_by_create_time ON service_desk.service_calendars USING btree (tenant_id, create_time, service_calendar_id);
CREATE INDEX service_calendars_by_name ON service_desk.service_calendars USING btree (tenant_id, display_name, service_calendar_id);
CREATE UNIQUE INDEX service_calendars_default ON service_desk.service_calendars USING btree (tenant_id) WHERE is_default;
alter table service_calendars enable row level security, force row level security;
create policy tenant on service_calendars for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on service_calendars to service_desk_app;

create table sla_policies (
  tenant_id uuid not null default tenant(),
  sla_policy_id uuid not null,
  display_name text collate "C" not null,
  floor boolean not null,
  rank integer not null,
  case_kinds jsonb not null,
  service_calendar_id uuid,
  targets jsonb not null,
  entitlements jsonb not null,
  escalation jsonb not null,
  active boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint sla_policies_pkey PRIMARY KEY (tenant_id, sla_policy_id)
);
CREATE INDEX sla_policies_by_create_time ON service_desk.sla_policies USING btree (tenant_id, create_time, sla_policy_id);
CREATE INDEX sla_policies_by_name ON service_desk.sla_policies USING btree (tenant_id, display_name, sla_policy_id);
CREATE INDEX sla_policies_by_rank ON service_desk.sla_policies USING btree (tenant_id, rank, sla_policy_id);
CREATE UNIQUE INDEX sla_policies_floor ON service_desk.sla_policies USING btree (tenant_id) WHERE floor;
alter table sla_policies enable row level security, force row level security;
create policy tenant on sla_policies for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on sla_policies to service_desk_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to service_desk_app;

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
CREATE INDEX users_by_email ON service_desk.users USING btree (tenant_id, email);
CREATE INDEX users_by_name ON service_desk.users USING btree (tenant_id, display_name);
CREATE INDEX users_by_name_key ON service_desk.users USING btree (tenant_id, name_key);
alter table users enable row level security, force row level security;
create policy tenant on users for all to service_desk_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to service_desk_app;

grant execute on function make_partitions() to service_desk_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema service_desk to service_desk_app;
grant usage on schema service_desk to service_desk_relay;
