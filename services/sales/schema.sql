-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION sales.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'sales', 'pg_temp'
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

CREATE OR REPLACE FUNCTION sales.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION sales.require_rights(ids uuid[], resource text, action text)
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

CREATE OR REPLACE FUNCTION sales.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to sales_app;
grant select on checkpoints to sales_relay;

create table customer_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  customer_id uuid not null,
  constraint customer_external_ids_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX customer_external_ids_of_customer ON sales.customer_external_ids USING btree (tenant_id, customer_id);
alter table customer_external_ids enable row level security, force row level security;
create policy tenant on customer_external_ids for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_external_ids to sales_app;

create table customer_links (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merged_into_id uuid not null,
  constraint customer_links_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_links_by_target ON sales.customer_links USING btree (tenant_id, merged_into_id);
alter table customer_links enable row level security, force row level security;
create policy tenant on customer_links for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_links to sales_app;

create table customer_moves (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  record_id uuid not null,
  customer_id uuid not null,
  moved_to_id uuid not null,
  constraint customer_moves_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
CREATE INDEX customer_moves_of_customer ON sales.customer_moves USING btree (tenant_id, customer_id, kind);
alter table customer_moves enable row level security, force row level security;
create policy tenant on customer_moves for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_moves to sales_app;

create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  owner_id uuid,
  grade integer not null,
  region_code text collate "C" not null,
  version integer not null,
  constraint customers_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customers_by_name ON sales.customers USING btree (tenant_id, display_name);
CREATE INDEX customers_by_name_key ON sales.customers USING btree (tenant_id, name_key);
alter table customers enable row level security, force row level security;
create policy tenant on customers for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customers to sales_app;

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
CREATE INDEX dead_letters_by_aggregate ON sales.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to sales_relay using (parked);
create policy tenant on dead_letters for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to sales_app;
grant select (consumer), select (parked) on dead_letters to sales_relay;

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
CREATE INDEX event_log_by_sequence ON ONLY sales.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY sales.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to sales_relay using (true) with check (true);
grant insert, select, update on event_log to sales_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to sales_relay using (true);
grant select on event_log_default to sales_relay;

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
create policy tenant on hand_overs for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on hand_overs to sales_app;

create table import_chunks (
  tenant_id uuid not null default tenant(),
  upload_id uuid not null,
  number integer not null,
  import_id uuid not null,
  bytes bytea not null,
  create_time timestamp(3) with time zone not null default now(),
  constraint import_chunks_pkey PRIMARY KEY (tenant_id, upload_id, number)
);
CREATE INDEX import_chunks_by_import ON sales.import_chunks USING btree (tenant_id, import_id);
alter table import_chunks enable row level security, force row level security;
create policy tenant on import_chunks for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_chunks to sales_app;

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
create policy tenant on import_failures for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_failures to sales_app;

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
create policy tenant on import_keys for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_keys to sales_app;

create table import_records (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  source_system text collate "C" not null,
  key text collate "C" not null,
  record_id uuid not null,
  constraint import_records_pkey PRIMARY KEY (tenant_id, kind, source_system, key)
);
CREATE INDEX import_records_by_record ON sales.import_records USING btree (tenant_id, record_id);
alter table import_records enable row level security, force row level security;
create policy tenant on import_records for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_records to sales_app;

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
CREATE INDEX import_writes_by_place ON sales.import_writes USING btree (tenant_id, import_id, place);
alter table import_writes enable row level security, force row level security;
create policy tenant on import_writes for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on import_writes to sales_app;

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
CREATE INDEX imports_by_time ON sales.imports USING btree (tenant_id, create_time, import_id);
alter table imports enable row level security, force row level security;
create policy tenant on imports for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on imports to sales_app;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to sales_app;

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
CREATE INDEX jobs_by_due_time ON sales.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to sales_relay using (true) with check (true);
create policy tenant on jobs for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to sales_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to sales_relay;

create table lead_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  lead_id uuid not null,
  constraint lead_keys_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX lead_keys_of_lead ON sales.lead_keys USING btree (tenant_id, lead_id);
alter table lead_keys enable row level security, force row level security;
create policy tenant on lead_keys for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on lead_keys to sales_app;

create table leads (
  tenant_id uuid not null default tenant(),
  lead_id uuid not null,
  person_name text collate "C",
  organisation_name text collate "C" not null,
  job_title text not null,
  email text collate "C",
  phone text collate "C",
  region_code text collate "C",
  city text collate "C",
  source_channel text collate "C",
  source_detail text not null,
  source_campaign text collate "C",
  first_touch_time timestamp(3) with time zone not null,
  interest text not null,
  status text collate "C" not null,
  status_since_time timestamp(3) with time zone not null,
  owner_id uuid,
  qualification jsonb not null,
  disqualify_reason text collate "C",
  disqualify_note text not null,
  conversion jsonb,
  external_ids jsonb not null,
  create_date date not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint leads_pkey PRIMARY KEY (tenant_id, lead_id)
);
CREATE INDEX leads_by_create_date ON sales.leads USING btree (tenant_id, create_date);
CREATE INDEX leads_by_create_time ON sales.leads USING btree (tenant_id, create_time, lead_id);
CREATE INDEX leads_by_email ON sales.leads USING btree (tenant_id, email) WHERE (email IS NOT NULL);
CREATE INDEX leads_by_organisation ON sales.leads USING btree (tenant_id, organisation_name, lead_id);
CREATE INDEX leads_by_owner ON sales.leads USING btree (tenant_id, owner_id, status) WHERE (owner_id IS NOT NULL);
CREATE INDEX leads_by_person ON sales.leads USING btree (tenant_id, person_name) WHERE (person_name IS NOT NULL);
CREATE INDEX leads_by_phone ON sales.leads USING btree (tenant_id, phone) WHERE (phone IS NOT NULL);
CREATE INDEX leads_by_status ON sales.leads USING btree (tenant_id, status, create_date);
CREATE INDEX leads_by_update_time ON sales.leads USING btree (tenant_id, update_time, lead_id);
alter table leads enable row level security, force row level security;
create policy tenant on leads for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on leads to sales_app;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to sales_app;
grant select on migrations to sales_relay;

create table opportunities (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  display_name text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id text collate "C" not null,
  stage_type text collate "C" not null,
  stage_since_time timestamp(3) with time zone,
  stage_since_date date,
  amount bigint,
  currency_code text collate "C",
  probability integer not null,
  probability_manual boolean not null,
  weighted_amount bigint,
  forecast_category text collate "C" not null,
  open_date date,
  expected_close_date date,
  push_count integer not null,
  close_date date,
  lost_reason text collate "C",
  lost_note text not null,
  product_ids jsonb not null,
  type text collate "C",
  source jsonb,
  source_channel text collate "C",
  next_step text not null,
  next_step_date date,
  lead_id uuid,
  stage_entries jsonb not null,
  external_ids jsonb not null,
  amount_order bigint not null,
  expected_close_order date not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  competitor_id uuid,
  constraint opportunities_pkey PRIMARY KEY (tenant_id, opportunity_id)
);
CREATE INDEX opportunities_by_amount ON sales.opportunities USING btree (tenant_id, amount_order, opportunity_id);
CREATE INDEX opportunities_by_close_date ON sales.opportunities USING btree (tenant_id, close_date) WHERE (close_date IS NOT NULL);
CREATE INDEX opportunities_by_create_time ON sales.opportunities USING btree (tenant_id, create_time, opportunity_id);
CREATE INDEX opportunities_by_customer ON sales.opportunities USING btree (tenant_id, customer_id) WHERE (customer_id IS NOT NULL);
CREATE INDEX opportunities_by_expected_close ON sales.opportunities USING btree (tenant_id, expected_close_order, opportunity_id);
CREATE INDEX opportunities_by_owner ON sales.opportunities USING btree (tenant_id, owner_id, stage_type) WHERE (owner_id IS NOT NULL);
CREATE INDEX opportunities_by_stage ON sales.opportunities USING btree (tenant_id, pipeline_id, stage_id);
CREATE INDEX opportunities_by_update_time ON sales.opportunities USING btree (tenant_id, update_time, opportunity_id);
CREATE INDEX opportunities_open ON sales.opportunities USING btree (tenant_id, pipeline_id, stage_id, currency_code, owner_id) INCLUDE (amount, weighted_amount, stage_since_date, next_step, expected_close_date, push_count) WHERE (stage_type = 'OPEN'::text);
alter table opportunities enable row level security, force row level security;
create policy tenant on opportunities for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on opportunities to sales_app;

create table opportunity_keys (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  key text collate "C" not null,
  opportunity_id uuid not null,
  constraint opportunity_keys_pkey PRIMARY KEY (tenant_id, kind, key)
);
CREATE INDEX opportunity_keys_of_opportunity ON sales.opportunity_keys USING btree (tenant_id, opportunity_id);
alter table opportunity_keys enable row level security, force row level security;
create policy tenant on opportunity_keys for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on opportunity_keys to sales_app;

create table opportunity_values (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null,
  product_id uuid not null,
  constraint opportunity_values_product_fkey FOREIGN KEY (tenant_id, product_id) REFERENCES products(tenant_id, product_id)
);
CREATE INDEX opportunity_values_by_text ON sales.opportunity_values USING btree (tenant_id, kind, text_value, opportunity_id);
CREATE INDEX opportunity_values_of_opportunity ON sales.opportunity_values USING btree (tenant_id, opportunity_id);
CREATE INDEX opportunity_values_of_product ON sales.opportunity_values USING btree (tenant_id, product_id);
alter table opportunity_values enable row level security, force row level security;
create policy tenant on opportunity_values for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on opportunity_values to sales_app;

create table opportunity_versions (
  tenant_id uuid not null default tenant(),
  version_id uuid not null default gen_random_uuid(),
  opportunity_id uuid not null,
  version integer not null,
  "time" timestamp(3) with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  state bytea not null,
  constraint opportunity_versions_pkey PRIMARY KEY (tenant_id, version_id)
);
CREATE INDEX opportunity_versions_of_opportunity ON sales.opportunity_versions USING btree (tenant_id, opportunity_id, version, version_id);
alter table opportunity_versions enable row level security, force row level security;
create policy tenant on opportunity_versions for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on opportunity_versions to sales_app;

create table order_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  order_id uuid not null,
  constraint order_keys_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX order_keys_of_order ON sales.order_keys USING btree (tenant_id, order_id);
alter table order_keys enable row level security, force row level security;
create policy tenant on order_keys for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on order_keys to sales_app;

create table order_numbers (
  tenant_id uuid not null default tenant(),
  last_number bigint not null,
  constraint order_numbers_pkey PRIMARY KEY (tenant_id)
);
alter table order_numbers enable row level security, force row level security;
create policy tenant on order_numbers for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on order_numbers to sales_app;

create table orders (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  order_number text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  opportunity_id uuid,
  kind text collate "C" not null,
  status text collate "C" not null,
  currency_code text collate "C" not null,
  order_date date not null,
  order_time timestamp(3) with time zone,
  lines jsonb not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost integer not null,
  region_code text collate "C",
  region_name text not null,
  cancel_reason text not null,
  external_ids jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint orders_pkey PRIMARY KEY (tenant_id, order_id)
);
CREATE INDEX orders_by_create_time ON sales.orders USING btree (tenant_id, create_time, order_id);
CREATE INDEX orders_by_customer ON sales.orders USING btree (tenant_id, customer_id, order_date) WHERE (customer_id IS NOT NULL);
CREATE INDEX orders_by_date ON sales.orders USING btree (tenant_id, order_date, order_id);
CREATE INDEX orders_by_net ON sales.orders USING btree (tenant_id, net_micros, order_id);
CREATE UNIQUE INDEX orders_by_number ON sales.orders USING btree (tenant_id, order_number);
CREATE INDEX orders_by_opportunity ON sales.orders USING btree (tenant_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
CREATE INDEX orders_by_owner ON sales.orders USING btree (tenant_id, owner_id, order_date) WHERE (owner_id IS NOT NULL);
CREATE INDEX orders_by_status ON sales.orders USING btree (tenant_id, status, order_date);
CREATE INDEX orders_by_update_time ON sales.orders USING btree (tenant_id, update_time);
alter table orders enable row level security, force row level security;
create policy tenant on orders for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on orders to sales_app;

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
create policy relay on outbox for all to sales_relay using (true);
create policy tenant on outbox for insert to sales_app with check ((tenant_id = tenant()));
grant delete, select on outbox to sales_relay;
grant insert on outbox to sales_app;

create table pipelines (
  tenant_id uuid not null default tenant(),
  pipeline_id uuid not null,
  display_name text collate "C" not null,
  stages jsonb not null,
  is_default boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint pipelines_pkey PRIMARY KEY (tenant_id, pipeline_id)
);
CREATE INDEX pipelines_by_create_time ON sales.pipelines USING btree (tenant_id, create_time, pipeline_id);
CREATE INDEX pipelines_by_name ON sales.pipelines USING btree (tenant_id, display_name, pipeline_id);
CREATE INDEX pipelines_default ON sales.pipelines USING btree (tenant_id, pipeline_id) WHERE is_default;
alter table pipelines enable row level security, force row level security;
create policy tenant on pipelines for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on pipelines to sales_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to sales_app;

create table product_keys (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  key text collate "C" not null,
  product_id uuid not null,
  constraint product_keys_pkey PRIMARY KEY (tenant_id, kind, key)
);
CREATE INDEX product_keys_of_product ON sales.product_keys USING btree (tenant_id, product_id);
alter table product_keys enable row level security, force row level security;
create policy tenant on product_keys for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on product_keys to sales_app;

create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  category text collate "C",
  list_price bigint,
  unit_cost bigint,
  currency_code text collate "C",
  state text collate "C" not null,
  external_ids jsonb not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint products_pkey PRIMARY KEY (tenant_id, product_id)
);
CREATE INDEX products_by_category ON sales.products USING btree (tenant_id, category) WHERE (category IS NOT NULL);
CREATE INDEX products_by_code ON sales.products USING btree (tenant_id, product_code, product_id);
CREATE INDEX products_by_create_time ON sales.products USING btree (tenant_id, create_time, product_id);
CREATE INDEX products_by_name ON sales.products USING btree (tenant_id, display_name, product_id);
CREATE INDEX products_by_name_key ON sales.products USING btree (tenant_id, name_key);
alter table products enable row level security, force row level security;
create policy tenant on products for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on products to sales_app;

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
CREATE INDEX requests_by_time ON sales.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to sales_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to sales_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to sales_app;
grant delete, select (create_time) on requests to sales_relay;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to sales_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to sales_app;

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
CREATE INDEX users_by_email ON sales.users USING btree (tenant_id, email);
CREATE INDEX users_by_name ON sales.users USING btree (tenant_id, display_name);
CREATE INDEX users_by_name_key ON sales.users USING btree (tenant_id, name_key);
alter table users enable row level security, force row level security;
create policy tenant on users for all to sales_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to sales_app;

grant execute on function make_partitions() to sales_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema sales to sales_app;
grant usage on schema sales to sales_relay;
