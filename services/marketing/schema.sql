-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION marketing.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'marketing', 'pg_temp'
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

CREATE OR REPLACE FUNCTION marketing.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION marketing.require_rights(ids uuid[], resource text, action text)
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

CREATE OR REPLACE FUNCTION marketing.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

create table bounced_addresses (
  tenant_id uuid not null default tenant(),
  address text collate "C" not null,
  bounce_time timestamp(3) with time zone not null,
  constraint bounced_addresses_pkey PRIMARY KEY (tenant_id, address)
);
alter table bounced_addresses enable row level security, force row level security;
create policy tenant on bounced_addresses for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on bounced_addresses to marketing_app;

create table campaign_conversations (
  tenant_id uuid not null default tenant(),
  conversation_id uuid not null,
  member_id uuid not null,
  constraint campaign_conversations_pkey PRIMARY KEY (tenant_id, conversation_id)
);
alter table campaign_conversations enable row level security, force row level security;
create policy tenant on campaign_conversations for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_conversations to marketing_app;

create table campaign_launches (
  tenant_id uuid not null default tenant(),
  campaign_id uuid not null,
  complete boolean not null,
  read_until uuid,
  constraint campaign_launches_pkey PRIMARY KEY (tenant_id, campaign_id)
);
alter table campaign_launches enable row level security, force row level security;
create policy tenant on campaign_launches for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_launches to marketing_app;

create table campaign_members (
  tenant_id uuid not null default tenant(),
  member_id uuid not null,
  campaign_id uuid not null,
  customer_id uuid not null,
  origin text collate "C" not null,
  status text collate "C" not null,
  suppressed_reason text collate "C" not null,
  targeted_time timestamp(3) with time zone not null,
  sent_time timestamp(3) with time zone,
  opened_time timestamp(3) with time zone,
  clicked_time timestamp(3) with time zone,
  responded_time timestamp(3) with time zone,
  converted_time timestamp(3) with time zone,
  bounced_time timestamp(3) with time zone,
  unsubscribed_time timestamp(3) with time zone,
  response text not null,
  version integer not null,
  constraint campaign_members_pkey PRIMARY KEY (tenant_id, member_id)
);
CREATE INDEX campaign_members_by_status ON marketing.campaign_members USING btree (tenant_id, campaign_id, status);
CREATE INDEX campaign_members_by_targeted_time ON marketing.campaign_members USING btree (tenant_id, campaign_id, targeted_time, member_id);
CREATE INDEX campaign_members_of_customer ON marketing.campaign_members USING btree (tenant_id, customer_id, campaign_id);
alter table campaign_members enable row level security, force row level security;
create policy tenant on campaign_members for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_members to marketing_app;

create table campaign_messages (
  tenant_id uuid not null default tenant(),
  message_id uuid not null,
  campaign_id uuid not null,
  member_id uuid not null,
  step integer not null,
  customer_id uuid not null,
  template_id uuid not null,
  channel text collate "C" not null,
  address text collate "C" not null,
  subject text not null,
  text text not null,
  html text not null,
  unsubscribe_url text not null,
  purpose text collate "C" not null,
  not_before_time timestamp(3) with time zone,
  state text collate "C" not null,
  reason text collate "C" not null,
  interaction_id uuid,
  request_time timestamp(3) with time zone not null,
  sent_time timestamp(3) with time zone,
  version integer not null,
  constraint campaign_messages_pkey PRIMARY KEY (tenant_id, message_id)
);
CREATE INDEX campaign_messages_by_request_time ON marketing.campaign_messages USING btree (tenant_id, campaign_id, request_time, message_id);
CREATE INDEX campaign_messages_by_state ON marketing.campaign_messages USING btree (tenant_id, campaign_id, step, state, reason);
CREATE INDEX campaign_messages_of_customer ON marketing.campaign_messages USING btree (tenant_id, customer_id, request_time) WHERE (state <> 'SUPPRESSED'::text);
CREATE INDEX campaign_messages_of_member ON marketing.campaign_messages USING btree (tenant_id, member_id, step);
CREATE UNIQUE INDEX campaign_messages_once ON marketing.campaign_messages USING btree (tenant_id, campaign_id, step, member_id);
alter table campaign_messages enable row level security, force row level security;
create policy tenant on campaign_messages for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_messages to marketing_app;

create table campaign_steps_due (
  tenant_id uuid not null default tenant(),
  member_id uuid not null,
  campaign_id uuid not null,
  step integer not null,
  due_time timestamp(3) with time zone not null,
  constraint campaign_steps_due_pkey PRIMARY KEY (tenant_id, member_id)
);
CREATE INDEX campaign_steps_due_by_time ON marketing.campaign_steps_due USING btree (tenant_id, campaign_id, due_time, member_id);
alter table campaign_steps_due enable row level security, force row level security;
create policy tenant on campaign_steps_due for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_steps_due to marketing_app;

create table campaigns (
  tenant_id uuid not null default tenant(),
  campaign_id uuid not null,
  name text collate "C" not null,
  description text not null,
  kind text collate "C" not null,
  plan_id uuid not null,
  target_id uuid not null,
  audience jsonb not null,
  steps jsonb not null,
  start_date date,
  end_date date,
  budget bigint,
  cost bigint not null,
  currency_code text collate "C" not null,
  attribution_days integer not null,
  owner_id uuid,
  status text collate "C" not null,
  launch_time timestamp(3) with time zone,
  end_time timestamp(3) with time zone,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  pause_reason text collate "C" not null default ''::text,
  constraint campaigns_pkey PRIMARY KEY (tenant_id, campaign_id)
);
CREATE INDEX campaigns_by_create_time ON marketing.campaigns USING btree (tenant_id, create_time, campaign_id);
CREATE INDEX campaigns_by_name ON marketing.campaigns USING btree (tenant_id, name, campaign_id);
CREATE INDEX campaigns_by_plan ON marketing.campaigns USING btree (tenant_id, plan_id, create_time, campaign_id);
CREATE INDEX campaigns_by_update_time ON marketing.campaigns USING btree (tenant_id, update_time, campaign_id);
alter table campaigns enable row level security, force row level security;
create policy tenant on campaigns for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaigns to marketing_app;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to marketing_app;
grant select on checkpoints to marketing_relay;

create table competitor_deals (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  competitor_id uuid not null,
  outcome text collate "C" not null,
  close_date date,
  amount bigint,
  currency_code text collate "C",
  version integer not null,
  constraint competitor_deals_pkey PRIMARY KEY (tenant_id, opportunity_id)
);
CREATE INDEX competitor_deals_of_competitor ON marketing.competitor_deals USING btree (tenant_id, competitor_id, close_date);
alter table competitor_deals enable row level security, force row level security;
create policy tenant on competitor_deals for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on competitor_deals to marketing_app;

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
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint competitors_pkey PRIMARY KEY (tenant_id, competitor_id)
);
CREATE INDEX competitors_by_create_time ON marketing.competitors USING btree (tenant_id, create_time, competitor_id);
CREATE UNIQUE INDEX competitors_by_name ON marketing.competitors USING btree (tenant_id, name) WHERE (state = 'ACTIVE'::text);
CREATE INDEX competitors_by_update_time ON marketing.competitors USING btree (tenant_id, update_time, competitor_id);
CREATE INDEX competitors_of_name ON marketing.competitors USING btree (tenant_id, name, competitor_id);
alter table competitors enable row level security, force row level security;
create policy tenant on competitors for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on competitors to marketing_app;

create table conversions (
  tenant_id uuid not null default tenant(),
  conversion_id uuid not null,
  kind text collate "C" not null,
  customer_id uuid,
  opportunity_id uuid,
  sale_time timestamp(3) with time zone,
  sale_date date,
  amount bigint not null,
  margin bigint,
  currency_code text collate "C" not null,
  counts boolean not null,
  version integer not null,
  constraint conversions_pkey PRIMARY KEY (tenant_id, conversion_id)
);
CREATE INDEX conversions_of_customer ON marketing.conversions USING btree (tenant_id, customer_id, sale_time) WHERE counts;
CREATE INDEX conversions_of_opportunity ON marketing.conversions USING btree (tenant_id, opportunity_id) WHERE (opportunity_id IS NOT NULL);
alter table conversions enable row level security, force row level security;
create policy tenant on conversions for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on conversions to marketing_app;

create table customer_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  customer_id uuid not null,
  constraint customer_external_ids_pkey PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX customer_external_ids_of_customer ON marketing.customer_external_ids USING btree (tenant_id, customer_id);
alter table customer_external_ids enable row level security, force row level security;
create policy tenant on customer_external_ids for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_external_ids to marketing_app;

create table customer_links (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merged_into_id uuid not null,
  constraint customer_links_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_links_by_target ON marketing.customer_links USING btree (tenant_id, merged_into_id);
alter table customer_links enable row level security, force row level security;
create policy tenant on customer_links for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_links to marketing_app;

create table customer_moves (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  record_id uuid not null,
  customer_id uuid not null,
  moved_to_id uuid not null,
  constraint customer_moves_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
CREATE INDEX customer_moves_of_customer ON marketing.customer_moves USING btree (tenant_id, customer_id, kind);
alter table customer_moves enable row level security, force row level security;
create policy tenant on customer_moves for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_moves to marketing_app;

create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  owner_id uuid,
  grade integer not null,
  version integer not null,
  state integer not null default 1,
  kind text collate "C",
  points jsonb not null default '[]'::jsonb,
  consents jsonb not null default '[]'::jsonb,
  preferred_channel text collate "C",
  language text collate "C" not null default ''::text,
  time_zone text collate "C" not null default ''::text,
  profile jsonb not null default '{}'::jsonb,
  source_channel integer not null default 0,
  create_date date,
  constraint customers_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customers_by_name ON marketing.customers USING btree (tenant_id, display_name);
CREATE INDEX customers_by_name_key ON marketing.customers USING btree (tenant_id, name_key);
alter table customers enable row level security, force row level security;
create policy tenant on customers for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customers to marketing_app;

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
CREATE INDEX dead_letters_by_aggregate ON marketing.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to marketing_relay using (parked);
create policy tenant on dead_letters for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to marketing_app;
grant select (consumer), select (parked) on dead_letters to marketing_relay;

create table event_guests (
  tenant_id uuid not null default tenant(),
  guest_id uuid not null,
  event_id uuid not null,
  customer_id uuid not null,
  status text collate "C" not null,
  invite_time timestamp(3) with time zone not null,
  register_time timestamp(3) with time zone,
  decline_time timestamp(3) with time zone,
  attend_time timestamp(3) with time zone,
  follow_up_time timestamp(3) with time zone,
  version integer not null,
  constraint event_guests_pkey PRIMARY KEY (tenant_id, guest_id)
);
CREATE INDEX event_guests_by_invite_time ON marketing.event_guests USING btree (tenant_id, event_id, invite_time, guest_id);
CREATE INDEX event_guests_by_status ON marketing.event_guests USING btree (tenant_id, event_id, status, register_time);
CREATE INDEX event_guests_of_customer ON marketing.event_guests USING btree (tenant_id, customer_id, event_id);
alter table event_guests enable row level security, force row level security;
create policy tenant on event_guests for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on event_guests to marketing_app;

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
CREATE INDEX event_log_by_sequence ON ONLY marketing.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY marketing.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to marketing_relay using (true) with check (true);
grant insert, select, update on event_log to marketing_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to marketing_relay using (true);
grant select on event_log_default to marketing_relay;

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
create policy tenant on hand_overs for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on hand_overs to marketing_app;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to marketing_app;

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
CREATE INDEX jobs_by_due_time ON marketing.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to marketing_relay using (true) with check (true);
create policy tenant on jobs for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to marketing_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to marketing_relay;

create table market_studies (
  tenant_id uuid not null default tenant(),
  study_id uuid not null,
  title text collate "C" not null,
  question text collate "C" not null,
  method text collate "C",
  sample_size integer not null,
  sample text collate "C" not null,
  start_date date,
  end_date date,
  findings jsonb not null,
  finding text collate "C" not null,
  competitor_ids jsonb not null,
  owner_id uuid,
  state text collate "C" not null,
  close_time timestamp(3) with time zone,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint market_studies_pkey PRIMARY KEY (tenant_id, study_id)
);
CREATE INDEX market_studies_by_create_time ON marketing.market_studies USING btree (tenant_id, create_time, study_id);
CREATE INDEX market_studies_by_title ON marketing.market_studies USING btree (tenant_id, title, study_id);
CREATE INDEX market_studies_by_update_time ON marketing.market_studies USING btree (tenant_id, update_time, study_id);
alter table market_studies enable row level security, force row level security;
create policy tenant on market_studies for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on market_studies to marketing_app;

create table market_study_values (
  tenant_id uuid not null default tenant(),
  study_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null
);
CREATE INDEX market_study_values_by_text ON marketing.market_study_values USING btree (tenant_id, kind, text_value, study_id);
CREATE INDEX market_study_values_of_study ON marketing.market_study_values USING btree (tenant_id, study_id);
alter table market_study_values enable row level security, force row level security;
create policy tenant on market_study_values for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on market_study_values to marketing_app;

create table marketing_events (
  tenant_id uuid not null default tenant(),
  event_id uuid not null,
  name text collate "C" not null,
  description text not null,
  place text collate "C" not null,
  start_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone not null,
  capacity integer not null,
  campaign_id uuid,
  follow_up text not null,
  follow_up_days integer not null,
  owner_id uuid,
  state text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint marketing_events_pkey PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX marketing_events_by_create_time ON marketing.marketing_events USING btree (tenant_id, create_time, event_id);
CREATE INDEX marketing_events_by_start_time ON marketing.marketing_events USING btree (tenant_id, start_time, event_id);
CREATE INDEX marketing_events_by_update_time ON marketing.marketing_events USING btree (tenant_id, update_time, event_id);
CREATE INDEX marketing_events_of_campaign ON marketing.marketing_events USING btree (tenant_id, campaign_id) WHERE (campaign_id IS NOT NULL);
alter table marketing_events enable row level security, force row level security;
create policy tenant on marketing_events for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on marketing_events to marketing_app;

create table marketing_plan_values (
  tenant_id uuid not null default tenant(),
  plan_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null
);
CREATE INDEX marketing_plan_values_by_text ON marketing.marketing_plan_values USING btree (tenant_id, kind, text_value, plan_id);
CREATE INDEX marketing_plan_values_of_plan ON marketing.marketing_plan_values USING btree (tenant_id, plan_id);
alter table marketing_plan_values enable row level security, force row level security;
create policy tenant on marketing_plan_values for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on marketing_plan_values to marketing_app;

create table marketing_plan_versions (
  tenant_id uuid not null default tenant(),
  version_id uuid not null default gen_random_uuid(),
  plan_id uuid not null,
  version integer not null,
  "time" timestamp(3) with time zone not null,
  actor_name text not null,
  state bytea not null,
  constraint marketing_plan_versions_pkey PRIMARY KEY (tenant_id, version_id)
);
CREATE UNIQUE INDEX marketing_plan_versions_of_plan ON marketing.marketing_plan_versions USING btree (tenant_id, plan_id, version);
alter table marketing_plan_versions enable row level security, force row level security;
create policy tenant on marketing_plan_versions for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant insert, select on marketing_plan_versions to marketing_app;

create table marketing_plans (
  tenant_id uuid not null default tenant(),
  plan_id uuid not null,
  name text collate "C" not null,
  segment_ids jsonb not null,
  targets jsonb not null,
  positioning text not null,
  start_date date,
  end_date date,
  budget bigint,
  currency_code text collate "C",
  owner_id uuid,
  state text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint marketing_plans_pkey PRIMARY KEY (tenant_id, plan_id)
);
CREATE INDEX marketing_plans_by_create_time ON marketing.marketing_plans USING btree (tenant_id, create_time, plan_id);
CREATE INDEX marketing_plans_by_name ON marketing.marketing_plans USING btree (tenant_id, name, plan_id);
CREATE INDEX marketing_plans_by_update_time ON marketing.marketing_plans USING btree (tenant_id, update_time, plan_id);
alter table marketing_plans enable row level security, force row level security;
create policy tenant on marketing_plans for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on marketing_plans to marketing_app;

create table message_templates (
  tenant_id uuid not null default tenant(),
  template_id uuid not null,
  name text collate "C" not null,
  variants jsonb not null,
  state text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint message_templates_pkey PRIMARY KEY (tenant_id, template_id)
);
CREATE INDEX message_templates_by_create_time ON marketing.message_templates USING btree (tenant_id, create_time, template_id);
CREATE UNIQUE INDEX message_templates_by_name ON marketing.message_templates USING btree (tenant_id, name) WHERE (state = 'ACTIVE'::text);
CREATE INDEX message_templates_by_update_time ON marketing.message_templates USING btree (tenant_id, update_time, template_id);
CREATE INDEX message_templates_of_name ON marketing.message_templates USING btree (tenant_id, name, template_id);
alter table message_templates enable row level security, force row level security;
create policy tenant on message_templates for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on message_templates to marketing_app;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to marketing_app;
grant select on migrations to marketing_relay;

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
create policy relay on outbox for all to marketing_relay using (true);
create policy tenant on outbox for insert to marketing_app with check ((tenant_id = tenant()));
grant delete, select on outbox to marketing_relay;
grant insert on outbox to marketing_app;

create table playbook_runs (
  tenant_id uuid not null default tenant(),
  run_id uuid not null,
  playbook_id uuid not null,
  playbook_name text not null,
  customer_id uuid not null,
  stage text collate "C" not null,
  stage_since_time timestamp(3) with time zone not null,
  tasks jsonb not null,
  campaign_id uuid,
  create_time timestamp(3) with time zone not null,
  version integer not null,
  constraint playbook_runs_pkey PRIMARY KEY (tenant_id, run_id)
);
CREATE INDEX playbook_runs_by_create_time ON marketing.playbook_runs USING btree (tenant_id, create_time, run_id);
CREATE INDEX playbook_runs_of_customer ON marketing.playbook_runs USING btree (tenant_id, customer_id);
CREATE INDEX playbook_runs_of_playbook ON marketing.playbook_runs USING btree (tenant_id, playbook_id);
alter table playbook_runs enable row level security, force row level security;
create policy tenant on playbook_runs for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on playbook_runs to marketing_app;

create table playbooks (
  tenant_id uuid not null default tenant(),
  playbook_id uuid not null,
  name text collate "C" not null,
  stage text collate "C" not null,
  tasks jsonb not null,
  campaign_id uuid,
  active boolean not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint playbooks_pkey PRIMARY KEY (tenant_id, playbook_id)
);
CREATE INDEX playbooks_by_create_time ON marketing.playbooks USING btree (tenant_id, create_time, playbook_id);
CREATE INDEX playbooks_by_update_time ON marketing.playbooks USING btree (tenant_id, update_time, playbook_id);
CREATE INDEX playbooks_of_stage ON marketing.playbooks USING btree (tenant_id, stage) WHERE active;
alter table playbooks enable row level security, force row level security;
create policy tenant on playbooks for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on playbooks to marketing_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to marketing_app;

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
CREATE INDEX requests_by_time ON marketing.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to marketing_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to marketing_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to marketing_app;
grant delete, select (create_time) on requests to marketing_relay;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to marketing_app;

create table segment_memberships (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member boolean not null,
  version integer not null,
  constraint segment_memberships_pkey PRIMARY KEY (tenant_id, membership_id)
);
CREATE INDEX segment_memberships_of_customer ON marketing.segment_memberships USING btree (tenant_id, customer_id, segment_id) WHERE member;
alter table segment_memberships enable row level security, force row level security;
create policy tenant on segment_memberships for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segment_memberships to marketing_app;

create table segments (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  name text not null,
  state integer not null,
  rank integer,
  offer text not null,
  channel text collate "C",
  version integer not null,
  study_id uuid,
  constraint segments_pkey PRIMARY KEY (tenant_id, segment_id)
);
CREATE INDEX segments_of_study ON marketing.segments USING btree (tenant_id, study_id) WHERE (study_id IS NOT NULL);
alter table segments enable row level security, force row level security;
create policy tenant on segments for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on segments to marketing_app;

create table sending_policies (
  tenant_id uuid not null default tenant(),
  sending_policy_id uuid not null,
  cap_messages integer not null,
  cap_days integer not null,
  quiet_from text collate "C" not null,
  quiet_until text collate "C" not null,
  update_time timestamp(3) with time zone,
  version integer not null,
  constraint sending_policies_pkey PRIMARY KEY (tenant_id, sending_policy_id)
);
alter table sending_policies enable row level security, force row level security;
create policy tenant on sending_policies for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on sending_policies to marketing_app;

create table suppressions (
  tenant_id uuid not null default tenant(),
  suppression_id uuid not null,
  kind text collate "C" not null,
  value text collate "C" not null,
  note text not null,
  create_time timestamp(3) with time zone not null,
  version integer not null,
  constraint suppressions_pkey PRIMARY KEY (tenant_id, suppression_id)
);
CREATE INDEX suppressions_by_create_time ON marketing.suppressions USING btree (tenant_id, create_time, suppression_id);
CREATE UNIQUE INDEX suppressions_by_value ON marketing.suppressions USING btree (tenant_id, kind, value);
alter table suppressions enable row level security, force row level security;
create policy tenant on suppressions for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on suppressions to marketing_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to marketing_app;

create table unsubscribed_addresses (
  tenant_id uuid not null default tenant(),
  channel text collate "C" not null,
  address text collate "C" not null,
  purpose text collate "C" not null,
  unsubscribe_time timestamp(3) with time zone not null,
  constraint unsubscribed_addresses_pkey PRIMARY KEY (tenant_id, address, channel, purpose)
);
alter table unsubscribed_addresses enable row level security, force row level security;
create policy tenant on unsubscribed_addresses for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on unsubscribed_addresses to marketing_app;

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
CREATE INDEX users_by_email ON marketing.users USING btree (tenant_id, email);
CREATE INDEX users_by_name ON marketing.users USING btree (tenant_id, display_name);
CREATE INDEX users_by_name_key ON marketing.users USING btree (tenant_id, name_key);
alter table users enable row level security, force row level security;
create policy tenant on users for all to marketing_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to marketing_app;

grant execute on function make_partitions() to marketing_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema marketing to marketing_app;
grant usage on schema marketing to marketing_relay;
