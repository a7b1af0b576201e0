-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION customer.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'customer', 'pg_temp'
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

CREATE OR REPLACE FUNCTION customer.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION customer.require_rights(ids uuid[], resource text, action text)
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

CREATE OR REPLACE FUNCTION customer.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

create table categories (
  tenant_id uuid not null default tenant(),
  category_id uuid not null,
  display_name text collate "C" not null,
  parent_category_id uuid,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint categories_pkey PRIMARY KEY (tenant_id, category_id),
  constraint categories_parent_fkey FOREIGN KEY (tenant_id, parent_category_id) REFERENCES categories(tenant_id, category_id)
);
CREATE INDEX categories_by_create_time ON customer.categories USING btree (tenant_id, create_time, category_id);
CREATE INDEX categories_by_name ON customer.categories USING btree (tenant_id, display_name, category_id);
CREATE INDEX categories_by_parent ON customer.categories USING btree (tenant_id, parent_category_id);
alter table categories enable row level security, force row level security;
create policy tenant on categories for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on categories to customer_app;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to customer_app;
grant select on checkpoints to customer_relay;

create table contact_affiliations (
  tenant_id uuid not null default tenant(),
  contact_id uuid not null,
  customer_id uuid not null,
  ended boolean not null,
  constraint contact_affiliations_customer_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customers(tenant_id, customer_id),
  constraint contact_affiliations_tenant_id_contact_id_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts(tenant_id, contact_id) ON DELETE CASCADE
);
CREATE INDEX contact_affiliations_by_customer ON customer.contact_affiliations USING btree (tenant_id, customer_id, ended, contact_id);
CREATE INDEX contact_affiliations_of_contact ON customer.contact_affiliations USING btree (tenant_id, contact_id);
alter table contact_affiliations enable row level security, force row level security;
create policy tenant on contact_affiliations for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on contact_affiliations to customer_app;

create table contact_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  contact_id uuid not null,
  constraint contact_external_ids_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX contact_external_ids_of_contact ON customer.contact_external_ids USING btree (tenant_id, contact_id);
alter table contact_external_ids enable row level security, force row level security;
create policy tenant on contact_external_ids for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on contact_external_ids to customer_app;

create table contacts (
  tenant_id uuid not null default tenant(),
  contact_id uuid not null,
  display_name text collate "C" not null,
  contact_points jsonb not null,
  preferred_channels jsonb not null,
  consents jsonb not null,
  affiliations jsonb not null,
  state text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  external_ids jsonb not null default '[]'::jsonb,
  constraint contacts_pkey PRIMARY KEY (tenant_id, contact_id)
);
CREATE INDEX contacts_by_create_time ON customer.contacts USING btree (tenant_id, create_time, contact_id);
CREATE INDEX contacts_by_name ON customer.contacts USING btree (tenant_id, display_name, contact_id);
CREATE INDEX contacts_by_update_time ON customer.contacts USING btree (tenant_id, update_time, contact_id);
alter table contacts enable row level security, force row level security;
create policy tenant on contacts for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on contacts to customer_app;

create table customer_history (
  tenant_id uuid not null default tenant(),
  history_id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  version integer not null,
  field text collate "C" not null,
  old_value text not null,
  new_value text not null,
  reason text not null,
  "time" timestamp(3) with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  constraint customer_history_pkey PRIMARY KEY (tenant_id, history_id)
);
CREATE INDEX customer_history_of_customer ON customer.customer_history USING btree (tenant_id, customer_id, version, history_id);
alter table customer_history enable row level security, force row level security;
create policy tenant on customer_history for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on customer_history to customer_app;

create table customer_keys (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  key text collate "C" not null,
  customer_id uuid not null,
  constraint customer_keys_pkey PRIMARY KEY (tenant_id, kind, key)
);
CREATE INDEX customer_keys_of_customer ON customer.customer_keys USING btree (tenant_id, customer_id);
alter table customer_keys enable row level security, force row level security;
create policy tenant on customer_keys for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_keys to customer_app;

create table customer_tokens (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  kind text collate "C" not null,
  token text collate "C" not null,
  constraint customer_tokens_pkey PRIMARY KEY (tenant_id, kind, token, customer_id)
);
CREATE INDEX customer_tokens_of_customer ON customer.customer_tokens USING btree (tenant_id, customer_id);
alter table customer_tokens enable row level security, force row level security;
create policy tenant on customer_tokens for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_tokens to customer_app;

create table customer_values (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C",
  number_value bigint,
  bool_value boolean,
  time_value timestamp(3) with time zone,
  date_value date,
  constraint customer_values_check CHECK ((num_nonnulls(text_value, number_value, bool_value, time_value, date_value) = 1))
);
CREATE INDEX customer_values_by_bool ON customer.customer_values USING btree (tenant_id, kind, bool_value, customer_id) WHERE (bool_value IS NOT NULL);
CREATE INDEX customer_values_by_date ON customer.customer_values USING btree (tenant_id, kind, date_value, customer_id) WHERE (date_value IS NOT NULL);
CREATE INDEX customer_values_by_kind ON customer.customer_values USING btree (tenant_id, kind, customer_id);
CREATE INDEX customer_values_by_number ON customer.customer_values USING btree (tenant_id, kind, number_value, customer_id) WHERE (number_value IS NOT NULL);
CREATE INDEX customer_values_by_text ON customer.customer_values USING btree (tenant_id, kind, text_value, customer_id) WHERE (text_value IS NOT NULL);
CREATE INDEX customer_values_by_time ON customer.customer_values USING btree (tenant_id, kind, time_value, customer_id) WHERE (time_value IS NOT NULL);
CREATE INDEX customer_values_of_customer ON customer.customer_values USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX customer_values_single ON customer.customer_values USING btree (tenant_id, customer_id, kind) WHERE (kind <> ALL (ARRAY['tag'::text, 'party_role'::text]));
alter table customer_values enable row level security, force row level security;
create policy tenant on customer_values for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_values to customer_app;

create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  kind text collate "C" not null,
  display_name text collate "C" not null,
  legal_name text collate "C",
  credit_code text collate "C",
  contact_points jsonb not null,
  addresses jsonb not null,
  region_code text collate "C",
  city text collate "C",
  birth_date jsonb,
  birth_day date,
  industry text collate "C",
  party_roles jsonb not null,
  core boolean not null,
  external_ids jsonb not null,
  source_channel text collate "C",
  source_detail text not null,
  source_campaign text collate "C",
  first_touch_time timestamp(3) with time zone not null,
  preferences jsonb,
  consents jsonb not null,
  tags jsonb not null,
  category_id uuid,
  owner_id uuid,
  custom jsonb not null,
  custom_facts jsonb not null,
  completeness integer not null,
  lifecycle_stage text collate "C" not null,
  lifecycle_stage_since_time timestamp(3) with time zone not null,
  customer_class text collate "C" not null,
  customer_class_since_time timestamp(3) with time zone not null,
  grade text collate "C",
  grade_since_time timestamp(3) with time zone,
  relationship_level text collate "C",
  relationship_level_since_time timestamp(3) with time zone,
  state text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  create_date date not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  grade_source text collate "C",
  constraint customers_pkey PRIMARY KEY (tenant_id, customer_id),
  constraint customers_category_fkey FOREIGN KEY (tenant_id, category_id) REFERENCES categories(tenant_id, category_id)
);
CREATE INDEX customers_by_birth_day ON customer.customers USING btree (tenant_id, birth_day) WHERE (birth_day IS NOT NULL);
CREATE INDEX customers_by_campaign ON customer.customers USING btree (tenant_id, source_campaign) WHERE (source_campaign IS NOT NULL);
CREATE INDEX customers_by_category ON customer.customers USING btree (tenant_id, category_id) WHERE (category_id IS NOT NULL);
CREATE INDEX customers_by_city ON customer.customers USING btree (tenant_id, region_code, city);
CREATE INDEX customers_by_completeness ON customer.customers USING btree (tenant_id, completeness, customer_id);
CREATE INDEX customers_by_create_date ON customer.customers USING btree (tenant_id, create_date);
CREATE INDEX customers_by_create_time ON customer.customers USING btree (tenant_id, create_time, customer_id);
CREATE INDEX customers_by_name ON customer.customers USING btree (tenant_id, display_name, customer_id);
CREATE INDEX customers_by_stage ON customer.customers USING btree (tenant_id, lifecycle_stage, grade);
CREATE INDEX customers_by_update_time ON customer.customers USING btree (tenant_id, update_time, customer_id);
alter table customers enable row level security, force row level security;
create policy tenant on customers for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customers to customer_app;

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
CREATE INDEX dead_letters_by_aggregate ON customer.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to customer_relay using (parked);
create policy tenant on dead_letters for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to customer_app;
grant select (consumer), select (parked) on dead_letters to customer_relay;

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
CREATE INDEX event_log_by_sequence ON ONLY customer.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY customer.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to customer_relay using (true) with check (true);
grant insert, select, update on event_log to customer_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to customer_relay using (true);
grant select on event_log_default to customer_relay;

create table field_definitions (
  tenant_id uuid not null default tenant(),
  field_definition_id uuid not null,
  key text collate "C" not null,
  type text collate "C" not null,
  labels jsonb not null,
  required boolean not null,
  is_unique boolean not null,
  filterable boolean not null,
  personal boolean not null,
  options jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint field_definitions_pkey PRIMARY KEY (tenant_id, field_definition_id),
  constraint field_definitions_key UNIQUE (tenant_id, key)
);
CREATE INDEX field_definitions_by_create_time ON customer.field_definitions USING btree (tenant_id, create_time, field_definition_id);
CREATE INDEX field_definitions_by_key ON customer.field_definitions USING btree (tenant_id, key, field_definition_id);
alter table field_definitions enable row level security, force row level security;
create policy tenant on field_definitions for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on field_definitions to customer_app;

create table import_chunks (
  tenant_id uuid not null default tenant(),
  upload_id uuid not null,
  number integer not null,
  import_id uuid not null,
  bytes bytea not null,
  create_time timestamp(3) with time zone not null default now(),
  constraint import_chunks_pkey PRIMARY KEY (tenant_id, upload_id, number)
);
CREATE INDEX import_chunks_by_import ON customer.import_chunks USING btree (tenant_id, import_id);
alter table import_chunks enable row level security, force row level security;
create policy tenant on import_chunks for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_chunks to customer_app;

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
create policy tenant on import_failures for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_failures to customer_app;

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
create policy tenant on import_keys for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_keys to customer_app;

create table import_records (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  source_system text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  constraint import_records_pkey PRIMARY KEY (tenant_id, kind, source_system, key)
);
CREATE INDEX import_records_by_record ON customer.import_records USING btree (tenant_id, record_id);
alter table import_records enable row level security, force row level security;
create policy tenant on import_records for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_records to customer_app;

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
CREATE INDEX import_writes_by_place ON customer.import_writes USING btree (tenant_id, import_id, place);
alter table import_writes enable row level security, force row level security;
create policy tenant on import_writes for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_writes to customer_app;

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
  constraint imports_pkey PRIMARY KEY (tenant_id, import_id)
);
CREATE INDEX imports_by_time ON customer.imports USING btree (tenant_id, create_time, import_id);
alter table imports enable row level security, force row level security;
create policy tenant on imports for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on imports to customer_app;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to customer_app;

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
CREATE INDEX jobs_by_due_time ON customer.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to customer_relay using (true) with check (true);
create policy tenant on jobs for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to customer_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to customer_relay;

create table lead_intakes (
  tenant_id uuid not null default tenant(),
  lead_intake_id uuid not null,
  lead_id uuid not null,
  state text collate "C" not null,
  customer_id uuid not null,
  contact_id uuid,
  refusal text not null,
  create_time timestamp(3) with time zone not null,
  version integer not null,
  constraint lead_intakes_pkey PRIMARY KEY (tenant_id, lead_intake_id)
);
alter table lead_intakes enable row level security, force row level security;
create policy tenant on lead_intakes for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on lead_intakes to customer_app;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to customer_app;
grant select on migrations to customer_relay;

create table model_grades (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  grade text collate "C" not null,
  version integer not null,
  constraint model_grades_pkey PRIMARY KEY (tenant_id, customer_id)
);
alter table model_grades enable row level security, force row level security;
create policy tenant on model_grades for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on model_grades to customer_app;

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
create policy relay on outbox for all to customer_relay using (true);
create policy tenant on outbox for insert to customer_app with check ((tenant_id = tenant()));
grant delete, select on outbox to customer_relay;
grant insert on outbox to customer_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to customer_app;

create table purchase_marks (
  tenant_id uuid not null default tenant(),
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint purchase_marks_pkey PRIMARY KEY (tenant_id)
);
alter table purchase_marks enable row level security, force row level security;
create policy tenant on purchase_marks for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on purchase_marks to customer_app;

create table purchases (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  customer_id uuid not null,
  order_number text collate "C" not null,
  credit_note boolean not null,
  currency_code text collate "C" not null,
  order_date date not null,
  order_time timestamp(3) with time zone,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost integer not null,
  products jsonb not null,
  version integer not null,
  constraint purchases_pkey PRIMARY KEY (tenant_id, order_id)
);
CREATE INDEX purchases_of_customer ON customer.purchases USING btree (tenant_id, customer_id, order_date, order_id);
alter table purchases enable row level security, force row level security;
create policy tenant on purchases for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on purchases to customer_app;

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
CREATE INDEX requests_by_time ON customer.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to customer_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to customer_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to customer_app;
grant delete, select (create_time) on requests to customer_relay;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to customer_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to customer_app;

create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  email_key text collate "C",
  active boolean not null,
  version integer not null,
  constraint users_pkey PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX users_by_email ON customer.users USING btree (tenant_id, email_key) WHERE (email_key IS NOT NULL);
CREATE INDEX users_by_name ON customer.users USING btree (tenant_id, name_key);
alter table users enable row level security, force row level security;
create policy tenant on users for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to customer_app;

grant execute on function make_partitions() to customer_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema customer to customer_app;
grant usage on schema customer to customer_relay;
