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

create table customer_checks (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  due_time timestamp(3) with time zone not null,
  constraint customer_checks_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_checks_due ON customer.customer_checks USING btree (tenant_id, due_time, customer_id);
alter table customer_checks enable row level security, force row level security;
create policy tenant on customer_checks for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_checks to customer_app;

create table customer_class_findings (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  customer_class text collate "C" not null,
  constraint customer_class_findings_pkey PRIMARY KEY (tenant_id, customer_id)
);
alter table customer_class_findings enable row level security, force row level security;
create policy tenant on customer_class_findings for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_class_findings to customer_app;

create table customer_facts (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  order_count integer not null default 0,
  first_order_date date,
  last_order_date date,
  revenue_micros bigint not null default 0,
  margin_micros bigint not null default 0,
  orders_30d integer not null default 0,
  orders_90d integer not null default 0,
  orders_365d integer not null default 0,
  revenue_365d_micros bigint not null default 0,
  margin_365d_micros bigint not null default 0,
  open_order_count integer not null default 0,
  open_opportunity_count integer not null default 0,
  open_opportunity_micros bigint not null default 0,
  last_interaction_time timestamp(3) with time zone,
  last_inbound_time timestamp(3) with time zone,
  last_outbound_time timestamp(3) with time zone,
  interactions_30d integer not null default 0,
  interactions_90d integer not null default 0,
  interactions_365d integer not null default 0,
  open_case_count integer not null default 0,
  breached_case_count integer not null default 0,
  complaints_365d integer not null default 0,
  last_nps integer,
  last_csat_micros bigint,
  clv_micros bigint,
  probability_alive_micros bigint,
  next_purchase_date date,
  rfm_segment text collate "C",
  value_dropped_time timestamp(3) with time zone,
  window_due_date date,
  version integer not null default 1,
  update_time timestamp(3) with time zone not null,
  constraint customer_facts_pkey PRIMARY KEY (tenant_id, customer_id)
);
alter table customer_facts enable row level security, force row level security;
create policy tenant on customer_facts for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_facts to customer_app;

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
CREATE INDEX customer_history_of_owner ON customer.customer_history USING btree (tenant_id, new_value COLLATE "C", "time") WHERE (field = 'owner_id'::text);
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

create table customer_merge_parts (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merge_id uuid not null,
  constraint customer_merge_parts_pkey PRIMARY KEY (tenant_id, customer_id, merge_id)
);
alter table customer_merge_parts enable row level security, force row level security;
create policy tenant on customer_merge_parts for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_merge_parts to customer_app;

create table customer_merges (
  tenant_id uuid not null default tenant(),
  merge_id uuid not null,
  survivor_id uuid not null,
  survivor_version integer not null,
  absorbed jsonb not null,
  picks jsonb not null,
  before jsonb not null,
  merged jsonb not null,
  reason text not null,
  actor jsonb not null,
  create_time timestamp(3) with time zone not null,
  undo_time timestamp(3) with time zone,
  undo_actor jsonb,
  undo_reason text not null,
  version integer not null,
  constraint customer_merges_pkey PRIMARY KEY (tenant_id, merge_id)
);
CREATE INDEX customer_merges_by_create_time ON customer.customer_merges USING btree (tenant_id, create_time, merge_id);
CREATE INDEX customer_merges_in_force ON customer.customer_merges USING btree (tenant_id, survivor_id) WHERE (undo_time IS NULL);
alter table customer_merges enable row level security, force row level security;
create policy tenant on customer_merges for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_merges to customer_app;

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
CREATE UNIQUE INDEX customer_values_single_of_field ON customer.customer_values USING btree (tenant_id, customer_id, kind) WHERE (kind <> ALL (ARRAY['tag'::text, 'party_role'::text, 'trait'::text]));
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
  merged_into_customer_id uuid,
  absorbed_customer_ids jsonb not null default '[]'::jsonb,
  traits jsonb not null default '[]'::jsonb,
  referrer_customer_id uuid,
  churn_reason text collate "C",
  churn_note text collate "C" not null default ''::text,
  loyalty text collate "C",
  owner_since_time timestamp(3) with time zone,
  touches jsonb not null default '[]'::jsonb,
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
CREATE INDEX customers_by_merged_into ON customer.customers USING btree (tenant_id, merged_into_customer_id) WHERE (merged_into_customer_id IS NOT NULL);
CREATE INDEX customers_by_name ON customer.customers USING btree (tenant_id, display_name, customer_id);
CREATE INDEX customers_by_referrer ON customer.customers USING btree (tenant_id, referrer_customer_id) WHERE (referrer_customer_id IS NOT NULL);
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

create table duplicate_pairs (
  tenant_id uuid not null default tenant(),
  duplicate_pair_id uuid not null,
  customer_id uuid not null,
  other_customer_id uuid not null,
  fingerprint text collate "C" not null,
  other_fingerprint text collate "C" not null,
  score integer not null,
  bits double precision not null,
  prior_bits double precision not null,
  evidence jsonb not null,
  cluster_customer_id uuid,
  state text collate "C" not null,
  dismiss_reason text collate "C" not null,
  dismissed_by text collate "C" not null,
  dismiss_time timestamp(3) with time zone,
  duplicate_scan_id uuid not null,
  opening_scan_id uuid not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint duplicate_pairs_pkey PRIMARY KEY (tenant_id, duplicate_pair_id)
);
CREATE INDEX duplicate_pairs_by_customer ON customer.duplicate_pairs USING btree (tenant_id, customer_id);
CREATE INDEX duplicate_pairs_by_other ON customer.duplicate_pairs USING btree (tenant_id, other_customer_id);
CREATE INDEX duplicate_pairs_by_scan ON customer.duplicate_pairs USING btree (tenant_id, duplicate_scan_id, duplicate_pair_id);
CREATE INDEX duplicate_pairs_by_score ON customer.duplicate_pairs USING btree (tenant_id, score, duplicate_pair_id);
CREATE INDEX duplicate_pairs_by_time ON customer.duplicate_pairs USING btree (tenant_id, update_time, duplicate_pair_id);
alter table duplicate_pairs enable row level security, force row level security;
create policy tenant on duplicate_pairs for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on duplicate_pairs to customer_app;

create table duplicate_scans (
  tenant_id uuid not null default tenant(),
  duplicate_scan_id uuid not null,
  state text collate "C" not null,
  error text collate "C" not null,
  initiator jsonb,
  customer_count integer not null,
  compared_count integer not null,
  kept_count integer not null,
  new_count integer not null,
  seen_count integer not null,
  dismissed_count integer not null,
  gone_count integer not null,
  cluster_count integer not null,
  split_count integer not null,
  left_out_count bigint not null,
  create_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone,
  version integer not null,
  constraint duplicate_scans_pkey PRIMARY KEY (tenant_id, duplicate_scan_id)
);
CREATE INDEX duplicate_scans_by_time ON customer.duplicate_scans USING btree (tenant_id, create_time, duplicate_scan_id);
CREATE UNIQUE INDEX duplicate_scans_running ON customer.duplicate_scans USING btree (tenant_id) WHERE (state = 'RUNNING'::text);
alter table duplicate_scans enable row level security, force row level security;
create policy tenant on duplicate_scans for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on duplicate_scans to customer_app;

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

create table hand_over_customers (
  tenant_id uuid not null default tenant(),
  hand_over_id uuid not null,
  turn integer not null,
  customer_id uuid not null,
  outcome text collate "C",
  constraint hand_over_customers_pkey PRIMARY KEY (tenant_id, hand_over_id, turn)
);
CREATE INDEX hand_over_customers_open ON customer.hand_over_customers USING btree (tenant_id, hand_over_id, turn) WHERE (outcome IS NULL);
alter table hand_over_customers enable row level security, force row level security;
create policy tenant on hand_over_customers for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on hand_over_customers to customer_app;

create table hand_overs (
  tenant_id uuid not null default tenant(),
  hand_over_id uuid not null,
  from_user_id uuid not null,
  to_user_ids jsonb not null,
  reason text not null,
  state text collate "C" not null,
  customer_count integer not null,
  handed_over_count integer not null,
  skipped_count integer not null,
  starter jsonb not null,
  create_time timestamp(3) with time zone not null,
  complete_time timestamp(3) with time zone,
  version integer not null,
  constraint hand_overs_pkey PRIMARY KEY (tenant_id, hand_over_id)
);
CREATE INDEX hand_overs_by_create_time ON customer.hand_overs USING btree (tenant_id, create_time, hand_over_id);
alter table hand_overs enable row level security, force row level security;
create policy tenant on hand_overs for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on hand_overs to customer_app;

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
  similar_rows bigint not null default 0,
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

create table lifecycle_policies (
  tenant_id uuid not null default tenant(),
  lifecycle_policy_id uuid not null,
  rules jsonb not null,
  moves jsonb not null,
  loyal_condition text not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint lifecycle_policies_pkey PRIMARY KEY (tenant_id, lifecycle_policy_id)
);
alter table lifecycle_policies enable row level security, force row level security;
create policy tenant on lifecycle_policies for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on lifecycle_policies to customer_app;

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

create table pool_policies (
  tenant_id uuid not null default tenant(),
  pool_policy_id uuid not null,
  max_owned_customers integer not null,
  max_claims_per_day integer not null,
  protection_days integer not null,
  recycle_without_contact_days integer not null,
  recycle_without_order_days integer not null,
  cool_down_days integer not null,
  keep_open_deals boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint pool_policies_pkey PRIMARY KEY (tenant_id, pool_policy_id)
);
alter table pool_policies enable row level security, force row level security;
create policy tenant on pool_policies for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on pool_policies to customer_app;

create table portrait_analytics (
  tenant_id uuid not null default tenant(),
  item_id uuid not null,
  customer_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  open boolean not null,
  item_time timestamp(3) with time zone not null,
  item_date date,
  amount_micros bigint,
  currency_code text collate "C",
  body jsonb not null,
  version integer not null,
  constraint portrait_analytics_pkey PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX portrait_analytics_of_customer ON customer.portrait_analytics USING btree (tenant_id, customer_id, kind, item_time);
CREATE INDEX portrait_analytics_open ON customer.portrait_analytics USING btree (tenant_id, customer_id, kind) WHERE open;
alter table portrait_analytics enable row level security, force row level security;
create policy tenant on portrait_analytics for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on portrait_analytics to customer_app;

create table portrait_interaction (
  tenant_id uuid not null default tenant(),
  item_id uuid not null,
  customer_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  open boolean not null,
  item_time timestamp(3) with time zone not null,
  item_date date,
  amount_micros bigint,
  currency_code text collate "C",
  body jsonb not null,
  version integer not null,
  constraint portrait_interaction_pkey PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX portrait_interaction_of_customer ON customer.portrait_interaction USING btree (tenant_id, customer_id, kind, item_time);
CREATE INDEX portrait_interaction_open ON customer.portrait_interaction USING btree (tenant_id, customer_id, kind) WHERE open;
alter table portrait_interaction enable row level security, force row level security;
create policy tenant on portrait_interaction for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on portrait_interaction to customer_app;

create table portrait_marketing (
  tenant_id uuid not null default tenant(),
  item_id uuid not null,
  customer_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  open boolean not null,
  item_time timestamp(3) with time zone not null,
  item_date date,
  amount_micros bigint,
  currency_code text collate "C",
  body jsonb not null,
  version integer not null,
  constraint portrait_marketing_pkey PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX portrait_marketing_of_customer ON customer.portrait_marketing USING btree (tenant_id, customer_id, kind, item_time);
CREATE INDEX portrait_marketing_open ON customer.portrait_marketing USING btree (tenant_id, customer_id, kind) WHERE open;
alter table portrait_marketing enable row level security, force row level security;
create policy tenant on portrait_marketing for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on portrait_marketing to customer_app;

create table portrait_marks (
  tenant_id uuid not null default tenant(),
  area text collate "C" not null,
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint portrait_marks_pkey PRIMARY KEY (tenant_id, area)
);
alter table portrait_marks enable row level security, force row level security;
create policy tenant on portrait_marks for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on portrait_marks to customer_app;

create table portrait_sales (
  tenant_id uuid not null default tenant(),
  item_id uuid not null,
  customer_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  open boolean not null,
  item_time timestamp(3) with time zone not null,
  item_date date,
  amount_micros bigint,
  currency_code text collate "C",
  body jsonb not null,
  version integer not null,
  constraint portrait_sales_pkey PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX portrait_sales_of_customer ON customer.portrait_sales USING btree (tenant_id, customer_id, kind, item_time);
CREATE INDEX portrait_sales_open ON customer.portrait_sales USING btree (tenant_id, customer_id, kind) WHERE open;
alter table portrait_sales enable row level security, force row level security;
create policy tenant on portrait_sales for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on portrait_sales to customer_app;

create table portrait_service_desk (
  tenant_id uuid not null default tenant(),
  item_id uuid not null,
  customer_id uuid not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  open boolean not null,
  item_time timestamp(3) with time zone not null,
  item_date date,
  amount_micros bigint,
  currency_code text collate "C",
  body jsonb not null,
  version integer not null,
  constraint portrait_service_desk_pkey PRIMARY KEY (tenant_id, item_id)
);
CREATE INDEX portrait_service_desk_of_customer ON customer.portrait_service_desk USING btree (tenant_id, customer_id, kind, item_time);
CREATE INDEX portrait_service_desk_open ON customer.portrait_service_desk USING btree (tenant_id, customer_id, kind) WHERE open;
alter table portrait_service_desk enable row level security, force row level security;
create policy tenant on portrait_service_desk for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on portrait_service_desk to customer_app;

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

create table relationship_costs (
  tenant_id uuid not null default tenant(),
  relationship_cost_id uuid not null,
  relationship_id uuid not null,
  version integer not null,
  cost_date date not null,
  amount_micros bigint not null,
  currency_code text collate "C" not null,
  minutes integer not null,
  note text not null,
  create_time timestamp(3) with time zone not null,
  constraint relationship_costs_pkey PRIMARY KEY (tenant_id, relationship_cost_id)
);
CREATE INDEX relationship_costs_of_relationship ON customer.relationship_costs USING btree (tenant_id, relationship_id, cost_date, relationship_cost_id);
alter table relationship_costs enable row level security, force row level security;
create policy tenant on relationship_costs for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on relationship_costs to customer_app;

create table relationship_history (
  tenant_id uuid not null default tenant(),
  history_id uuid not null default gen_random_uuid(),
  relationship_id uuid not null,
  version integer not null,
  field text collate "C" not null,
  old_value text not null,
  new_value text not null,
  reason text not null,
  "time" timestamp(3) with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  constraint relationship_history_pkey PRIMARY KEY (tenant_id, history_id)
);
CREATE INDEX relationship_history_of_relationship ON customer.relationship_history USING btree (tenant_id, relationship_id, version, history_id);
alter table relationship_history enable row level security, force row level security;
create policy tenant on relationship_history for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on relationship_history to customer_app;

create table relationship_policies (
  tenant_id uuid not null default tenant(),
  relationship_policy_id uuid not null,
  terms jsonb not null,
  preferred_key_contacts integer not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint relationship_policies_pkey PRIMARY KEY (tenant_id, relationship_policy_id)
);
alter table relationship_policies enable row level security, force row level security;
create policy tenant on relationship_policies for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on relationship_policies to customer_app;

create table relationships (
  tenant_id uuid not null default tenant(),
  relationship_id uuid not null,
  customer_id uuid not null,
  contact_level text collate "C",
  key_contact_ids jsonb not null,
  information_sharing text collate "C",
  switching_cost text collate "C",
  mutual_importance text collate "C",
  bargaining text collate "C",
  joint_plan text not null,
  agreement jsonb,
  attribute_dates jsonb not null,
  over_invested_since_time timestamp(3) with time zone,
  advised_level text collate "C",
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint relationships_pkey PRIMARY KEY (tenant_id, relationship_id),
  constraint relationships_tenant_id_customer_id_key UNIQUE (tenant_id, customer_id)
);
alter table relationships enable row level security, force row level security;
create policy tenant on relationships for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on relationships to customer_app;

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

create table segment_builds (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  after_customer_id uuid,
  constraint segment_builds_pkey PRIMARY KEY (tenant_id, segment_id)
);
alter table segment_builds enable row level security, force row level security;
create policy tenant on segment_builds for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segment_builds to customer_app;

create table segment_memberships (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member boolean not null,
  since_time timestamp(3) with time zone not null,
  version integer not null,
  constraint segment_memberships_pkey PRIMARY KEY (tenant_id, membership_id)
);
CREATE UNIQUE INDEX segment_memberships_of_customer ON customer.segment_memberships USING btree (tenant_id, customer_id, segment_id);
CREATE INDEX segment_memberships_of_segment ON customer.segment_memberships USING btree (tenant_id, segment_id, customer_id) WHERE member;
alter table segment_memberships enable row level security, force row level security;
create policy tenant on segment_memberships for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segment_memberships to customer_app;

create table segments (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  name text collate "C" not null,
  description text not null,
  condition text not null,
  policy jsonb,
  study_id uuid,
  state text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint segments_pkey PRIMARY KEY (tenant_id, segment_id)
);
CREATE INDEX segments_by_create_time ON customer.segments USING btree (tenant_id, create_time, segment_id);
CREATE INDEX segments_by_name ON customer.segments USING btree (tenant_id, name, segment_id);
CREATE INDEX segments_by_update_time ON customer.segments USING btree (tenant_id, update_time, segment_id);
CREATE UNIQUE INDEX segments_name ON customer.segments USING btree (tenant_id, name) WHERE (state <> 'ARCHIVED'::text);
alter table segments enable row level security, force row level security;
create policy tenant on segments for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segments to customer_app;

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

create table timeline_analytics (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  "time" timestamp(3) with time zone not null,
  told_time timestamp(3) with time zone not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor boolean not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  constraint timeline_analytics_pkey PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX timeline_analytics_of_aggregate ON customer.timeline_analytics USING btree (tenant_id, aggregate_id);
CREATE INDEX timeline_analytics_of_customer ON customer.timeline_analytics USING btree (tenant_id, customer_id, "time", entry_id);
alter table timeline_analytics enable row level security, force row level security;
create policy tenant on timeline_analytics for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on timeline_analytics to customer_app;

create table timeline_customer (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  "time" timestamp(3) with time zone not null,
  told_time timestamp(3) with time zone not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor boolean not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  constraint timeline_customer_pkey PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX timeline_customer_of_aggregate ON customer.timeline_customer USING btree (tenant_id, aggregate_id);
CREATE INDEX timeline_customer_of_customer ON customer.timeline_customer USING btree (tenant_id, customer_id, "time", entry_id);
alter table timeline_customer enable row level security, force row level security;
create policy tenant on timeline_customer for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on timeline_customer to customer_app;

create table timeline_interaction (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  "time" timestamp(3) with time zone not null,
  told_time timestamp(3) with time zone not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor boolean not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  constraint timeline_interaction_pkey PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX timeline_interaction_of_aggregate ON customer.timeline_interaction USING btree (tenant_id, aggregate_id);
CREATE INDEX timeline_interaction_of_customer ON customer.timeline_interaction USING btree (tenant_id, customer_id, "time", entry_id);
alter table timeline_interaction enable row level security, force row level security;
create policy tenant on timeline_interaction for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on timeline_interaction to customer_app;

create table timeline_marketing (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  "time" timestamp(3) with time zone not null,
  told_time timestamp(3) with time zone not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor boolean not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  constraint timeline_marketing_pkey PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX timeline_marketing_of_aggregate ON customer.timeline_marketing USING btree (tenant_id, aggregate_id);
CREATE INDEX timeline_marketing_of_customer ON customer.timeline_marketing USING btree (tenant_id, customer_id, "time", entry_id);
alter table timeline_marketing enable row level security, force row level security;
create policy tenant on timeline_marketing for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on timeline_marketing to customer_app;

create table timeline_sales (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  "time" timestamp(3) with time zone not null,
  told_time timestamp(3) with time zone not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor boolean not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  constraint timeline_sales_pkey PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX timeline_sales_of_aggregate ON customer.timeline_sales USING btree (tenant_id, aggregate_id);
CREATE INDEX timeline_sales_of_customer ON customer.timeline_sales USING btree (tenant_id, customer_id, "time", entry_id);
alter table timeline_sales enable row level security, force row level security;
create policy tenant on timeline_sales for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on timeline_sales to customer_app;

create table timeline_service_desk (
  tenant_id uuid not null default tenant(),
  entry_id uuid not null,
  customer_id uuid not null,
  "time" timestamp(3) with time zone not null,
  told_time timestamp(3) with time zone not null,
  area text collate "C" not null,
  kind text collate "C" not null,
  resource text collate "C" not null,
  minor boolean not null,
  aggregate_type text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  channel text collate "C",
  direction text collate "C",
  actor_kind text collate "C" not null,
  actor_id text collate "C" not null,
  actor_name text collate "C" not null,
  origin text collate "C" not null,
  title text collate "C" not null,
  number text collate "C" not null,
  amount_micros bigint,
  currency_code text collate "C",
  constraint timeline_service_desk_pkey PRIMARY KEY (tenant_id, entry_id)
);
CREATE INDEX timeline_service_desk_of_aggregate ON customer.timeline_service_desk USING btree (tenant_id, aggregate_id);
CREATE INDEX timeline_service_desk_of_customer ON customer.timeline_service_desk USING btree (tenant_id, customer_id, "time", entry_id);
alter table timeline_service_desk enable row level security, force row level security;
create policy tenant on timeline_service_desk for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on timeline_service_desk to customer_app;

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

create table win_back_policies (
  tenant_id uuid not null default tenant(),
  win_back_policy_id uuid not null,
  measures jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint win_back_policies_pkey PRIMARY KEY (tenant_id, win_back_policy_id)
);
alter table win_back_policies enable row level security, force row level security;
create policy tenant on win_back_policies for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on win_back_policies to customer_app;

create table win_backs (
  tenant_id uuid not null default tenant(),
  win_back_id uuid not null,
  customer_id uuid not null,
  churn_reason text collate "C" not null,
  measure text not null,
  owner_id uuid not null,
  due_date date not null,
  outcome text collate "C",
  outcome_note text not null,
  start_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone,
  version integer not null,
  constraint win_backs_pkey PRIMARY KEY (tenant_id, win_back_id)
);
CREATE INDEX win_backs_by_due_date ON customer.win_backs USING btree (tenant_id, due_date, win_back_id);
CREATE INDEX win_backs_by_start_time ON customer.win_backs USING btree (tenant_id, start_time, win_back_id);
CREATE INDEX win_backs_of_customer ON customer.win_backs USING btree (tenant_id, customer_id);
CREATE UNIQUE INDEX win_backs_running ON customer.win_backs USING btree (tenant_id, customer_id) WHERE (outcome IS NULL);
alter table win_backs enable row level security, force row level security;
create policy tenant on win_backs for all to customer_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on win_backs to customer_app;

grant execute on function make_partitions() to customer_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema customer to customer_app;
grant usage on schema customer to customer_relay;
