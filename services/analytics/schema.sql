-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION analytics.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'analytics', 'pg_temp'
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

CREATE OR REPLACE FUNCTION analytics.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION analytics.require_rights(ids uuid[], resource text, action text)
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

CREATE OR REPLACE FUNCTION analytics.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

create table answer_facts (
  tenant_id uuid not null default tenant(),
  answer_id uuid not null,
  survey_invitation_id uuid not null,
  survey_id uuid,
  customer_id uuid,
  case_id uuid,
  product_id uuid,
  agent_id uuid,
  question_code text collate "C" not null,
  question_kind text collate "C" not null,
  scale_min integer not null,
  scale_max integer not null,
  score integer not null,
  answer_date date not null,
  version integer not null,
  constraint answer_facts_pkey PRIMARY KEY (tenant_id, answer_id)
);
CREATE INDEX answer_facts_by_date ON analytics.answer_facts USING btree (tenant_id, answer_date, answer_id);
CREATE INDEX answer_facts_of_agent ON analytics.answer_facts USING btree (tenant_id, agent_id);
CREATE INDEX answer_facts_of_invitation ON analytics.answer_facts USING btree (tenant_id, survey_invitation_id);
CREATE INDEX answer_facts_of_survey ON analytics.answer_facts USING btree (tenant_id, survey_id, question_code);
alter table answer_facts enable row level security, force row level security;
create policy tenant on answer_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on answer_facts to analytics_app;

create table campaign_facts (
  tenant_id uuid not null default tenant(),
  campaign_id uuid not null,
  display_name text collate "C" not null,
  kind text collate "C" not null,
  status text collate "C" not null,
  cost_currency_code text collate "C",
  cost_micros bigint,
  start_date date,
  version integer not null,
  constraint campaign_facts_pkey PRIMARY KEY (tenant_id, campaign_id)
);
alter table campaign_facts enable row level security, force row level security;
create policy tenant on campaign_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on campaign_facts to analytics_app;

create table case_facts (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  number bigint not null,
  kind text collate "C" not null,
  phase text collate "C",
  origin text collate "C",
  status text collate "C" not null,
  priority text collate "C",
  topic text collate "C",
  customer_id uuid,
  order_id uuid,
  product_id uuid,
  serial_number text collate "C",
  queue_id uuid,
  assignee_id uuid,
  grade text collate "C",
  root_cause text collate "C",
  open_time timestamp(3) with time zone not null,
  open_date date not null,
  resolve_time timestamp(3) with time zone,
  resolve_date date,
  close_time timestamp(3) with time zone,
  close_date date,
  end_time timestamp(3) with time zone,
  reopen_count integer not null,
  customer_contact_count integer not null,
  response_state text collate "C",
  response_judge_time timestamp(3) with time zone,
  response_seconds bigint,
  next_response_state text collate "C",
  next_response_judge_time timestamp(3) with time zone,
  next_response_seconds bigint,
  resolution_state text collate "C",
  resolution_judge_time timestamp(3) with time zone,
  resolution_seconds bigint,
  version integer not null,
  constraint case_facts_pkey PRIMARY KEY (tenant_id, case_id)
);
CREATE INDEX case_facts_by_closing ON analytics.case_facts USING btree (tenant_id, close_date);
CREATE INDEX case_facts_by_number ON analytics.case_facts USING btree (tenant_id, number, case_id);
CREATE INDEX case_facts_by_opening ON analytics.case_facts USING btree (tenant_id, open_date, case_id);
CREATE INDEX case_facts_by_resolution ON analytics.case_facts USING btree (tenant_id, resolve_date);
CREATE INDEX case_facts_causes ON analytics.case_facts USING btree (tenant_id, resolve_date) WHERE (kind = 'COMPLAINT'::text);
CREATE INDEX case_facts_complaints ON analytics.case_facts USING btree (tenant_id, open_date) WHERE (kind = 'COMPLAINT'::text);
CREATE INDEX case_facts_of_assignee ON analytics.case_facts USING btree (tenant_id, assignee_id);
CREATE INDEX case_facts_of_customer ON analytics.case_facts USING btree (tenant_id, customer_id, topic, open_time);
CREATE INDEX case_facts_of_product ON analytics.case_facts USING btree (tenant_id, product_id, open_time);
CREATE INDEX case_facts_of_queue ON analytics.case_facts USING btree (tenant_id, queue_id);
CREATE INDEX case_facts_open ON analytics.case_facts USING btree (tenant_id, open_time) WHERE (end_time IS NULL);
alter table case_facts enable row level security, force row level security;
create policy tenant on case_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on case_facts to analytics_app;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to analytics_app;
grant select on checkpoints to analytics_relay;

create table competitors (
  tenant_id uuid not null default tenant(),
  competitor_id uuid not null,
  display_name text collate "C" not null,
  version integer not null,
  constraint competitors_pkey PRIMARY KEY (tenant_id, competitor_id)
);
alter table competitors enable row level security, force row level security;
create policy tenant on competitors for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on competitors to analytics_app;

create table complaint_cause_watches (
  tenant_id uuid not null default tenant(),
  complaint_cause_watch_id uuid not null,
  cause_by text collate "C" not null,
  cause text collate "C" not null,
  week_start_date date not null,
  count integer not null,
  expected_count double precision not null,
  limit_count integer not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint complaint_cause_watches_pkey PRIMARY KEY (tenant_id, complaint_cause_watch_id)
);
alter table complaint_cause_watches enable row level security, force row level security;
create policy tenant on complaint_cause_watches for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on complaint_cause_watches to analytics_app;

create table customer_count_marks (
  tenant_id uuid not null default tenant(),
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint customer_count_marks_pkey PRIMARY KEY (tenant_id)
);
alter table customer_count_marks enable row level security, force row level security;
create policy tenant on customer_count_marks for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_count_marks to analytics_app;

create table customer_counts (
  tenant_id uuid not null default tenant(),
  day date not null,
  stage integer not null,
  grade integer not null,
  source integer not null,
  count integer not null,
  constraint customer_counts_pkey PRIMARY KEY (tenant_id, day, stage, grade, source)
);
alter table customer_counts enable row level security, force row level security;
create policy tenant on customer_counts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_counts to analytics_app;

create table customer_days (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  day date not null,
  currency_code text collate "C" not null,
  order_count integer not null,
  line_count integer not null,
  quantity_micros bigint not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost integer not null,
  constraint customer_days_pkey PRIMARY KEY (tenant_id, customer_id, day, currency_code)
);
CREATE INDEX customer_days_by_day ON analytics.customer_days USING btree (tenant_id, day);
alter table customer_days enable row level security, force row level security;
create policy tenant on customer_days for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_days to analytics_app;

create table customer_facts (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  stage integer not null,
  grade integer not null,
  source integer not null,
  day date not null,
  archived boolean not null,
  owner_id uuid,
  version integer not null,
  display_name text collate "C" not null,
  region_code text collate "C" not null,
  merged boolean not null default false,
  depart_date date,
  churn_reason text collate "C",
  referrer_customer_id uuid,
  source_campaign text collate "C",
  relationship_level text collate "C",
  constraint customer_facts_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_facts_departed ON analytics.customer_facts USING btree (tenant_id, depart_date) WHERE (depart_date IS NOT NULL);
CREATE INDEX customer_facts_of_campaign ON analytics.customer_facts USING btree (tenant_id, source_campaign) WHERE ((source_campaign IS NOT NULL) AND (NOT merged));
CREATE INDEX customer_facts_referred ON analytics.customer_facts USING btree (tenant_id, referrer_customer_id) WHERE (referrer_customer_id IS NOT NULL);
alter table customer_facts enable row level security, force row level security;
create policy tenant on customer_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_facts to analytics_app;

create table customer_values (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  value_run_id uuid not null,
  model_version text collate "C" not null,
  cut_off_date date not null,
  currency_code text collate "C" not null,
  purchase_days integer not null,
  first_purchase_date date not null,
  last_purchase_date date not null,
  revenue_micros bigint not null,
  margin_micros bigint not null,
  recency_days integer not null,
  frequency integer not null,
  monetary_micros bigint not null,
  recency_score integer not null,
  frequency_score integer not null,
  monetary_score integer not null,
  segment text collate "C" not null,
  repeat_purchases integer not null,
  recency_weeks double precision not null,
  age_weeks double precision not null,
  probability_alive double precision,
  expected_purchases double precision,
  expected_purchase_value_micros bigint,
  clv_micros bigint,
  worth_micros bigint not null,
  grade text collate "C" not null,
  rank_share double precision not null,
  cycle_basis text collate "C",
  cycle_median_days double precision,
  next_purchase_date date,
  earliest_date date,
  latest_date date,
  due_date date not null,
  peak jsonb,
  cleared boolean not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  probability_alive_micros bigint generated always as ((probability_alive * (1000000)::double precision))::bigint,
  constraint customer_values_pkey PRIMARY KEY (tenant_id, customer_id)
);
CREATE INDEX customer_values_by_due ON analytics.customer_values USING btree (tenant_id, due_date, customer_id) WHERE (NOT cleared);
CREATE INDEX customer_values_by_last ON analytics.customer_values USING btree (tenant_id, last_purchase_date, customer_id) WHERE (NOT cleared);
CREATE INDEX customer_values_by_revenue ON analytics.customer_values USING btree (tenant_id, revenue_micros, customer_id) WHERE (NOT cleared);
CREATE INDEX customer_values_by_worth ON analytics.customer_values USING btree (tenant_id, worth_micros, customer_id) WHERE (NOT cleared);
alter table customer_values enable row level security, force row level security;
create policy tenant on customer_values for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on customer_values to analytics_app;

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
CREATE INDEX dead_letters_by_aggregate ON analytics.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to analytics_relay using (parked);
create policy tenant on dead_letters for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to analytics_app;
grant select (consumer), select (parked) on dead_letters to analytics_relay;

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
CREATE INDEX event_log_by_sequence ON ONLY analytics.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY analytics.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to analytics_relay using (true) with check (true);
grant insert, select, update on event_log to analytics_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to analytics_relay using (true);
grant select on event_log_default to analytics_relay;

create table feedback_facts (
  tenant_id uuid not null default tenant(),
  feedback_id uuid not null,
  source text collate "C" not null,
  state text collate "C" not null,
  topic text collate "C",
  score integer,
  standing text collate "C",
  customer_id uuid,
  case_id uuid,
  product_id uuid,
  owner_id uuid,
  event_date date not null,
  deadline_time timestamp(3) with time zone,
  response_time timestamp(3) with time zone,
  resolve_time timestamp(3) with time zone,
  close_time timestamp(3) with time zone,
  escalate_time timestamp(3) with time zone,
  resolution_state text collate "C",
  resolution_judge_time timestamp(3) with time zone,
  response_seconds bigint,
  version integer not null,
  constraint feedback_facts_pkey PRIMARY KEY (tenant_id, feedback_id)
);
CREATE INDEX feedback_facts_by_date ON analytics.feedback_facts USING btree (tenant_id, event_date, feedback_id);
CREATE INDEX feedback_facts_of_customer ON analytics.feedback_facts USING btree (tenant_id, customer_id);
CREATE INDEX feedback_facts_of_owner ON analytics.feedback_facts USING btree (tenant_id, owner_id);
alter table feedback_facts enable row level security, force row level security;
create policy tenant on feedback_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on feedback_facts to analytics_app;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to analytics_app;

create table interaction_facts (
  tenant_id uuid not null default tenant(),
  interaction_id uuid not null,
  channel text collate "C" not null,
  direction text collate "C" not null,
  outcome text collate "C",
  automatic boolean not null,
  customer_id uuid,
  user_id uuid,
  case_id uuid,
  topic text collate "C",
  event_date date not null,
  duration_seconds integer not null,
  reply_due_time timestamp(3) with time zone,
  reply_time timestamp(3) with time zone,
  reply_state text collate "C",
  reply_judge_time timestamp(3) with time zone,
  response_seconds bigint,
  learned_count integer,
  version integer not null,
  constraint interaction_facts_pkey PRIMARY KEY (tenant_id, interaction_id)
);
CREATE INDEX interaction_facts_by_date ON analytics.interaction_facts USING btree (tenant_id, event_date, interaction_id);
CREATE INDEX interaction_facts_of_customer ON analytics.interaction_facts USING btree (tenant_id, customer_id);
CREATE INDEX interaction_facts_of_user ON analytics.interaction_facts USING btree (tenant_id, user_id);
alter table interaction_facts enable row level security, force row level security;
create policy tenant on interaction_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on interaction_facts to analytics_app;

create table interaction_marks (
  tenant_id uuid not null default tenant(),
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint interaction_marks_pkey PRIMARY KEY (tenant_id)
);
alter table interaction_marks enable row level security, force row level security;
create policy tenant on interaction_marks for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on interaction_marks to analytics_app;

create table invitation_facts (
  tenant_id uuid not null default tenant(),
  survey_invitation_id uuid not null,
  survey_name text collate "C" not null,
  survey_id uuid,
  customer_id uuid,
  case_id uuid,
  product_id uuid,
  agent_id uuid,
  state text collate "C" not null,
  suppress_reason text collate "C",
  standing text collate "C",
  send_date date,
  answer_date date,
  version integer not null,
  send_order date not null generated always as COALESCE(send_date, '9999-12-31'::date),
  constraint invitation_facts_pkey PRIMARY KEY (tenant_id, survey_invitation_id)
);
CREATE INDEX invitation_facts_by_sending ON analytics.invitation_facts USING btree (tenant_id, send_order, survey_invitation_id);
CREATE INDEX invitation_facts_of_agent ON analytics.invitation_facts USING btree (tenant_id, agent_id);
CREATE INDEX invitation_facts_of_period ON analytics.invitation_facts USING btree (tenant_id, send_date);
CREATE INDEX invitation_facts_of_survey ON analytics.invitation_facts USING btree (tenant_id, survey_id, survey_invitation_id);
alter table invitation_facts enable row level security, force row level security;
create policy tenant on invitation_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on invitation_facts to analytics_app;

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
CREATE INDEX jobs_by_due_time ON analytics.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to analytics_relay using (true) with check (true);
create policy tenant on jobs for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to analytics_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to analytics_relay;

create table lead_facts (
  tenant_id uuid not null default tenant(),
  lead_id uuid not null,
  create_date date not null,
  status text collate "C" not null,
  version integer not null,
  constraint lead_facts_pkey PRIMARY KEY (tenant_id, lead_id)
);
CREATE INDEX lead_facts_by_date ON analytics.lead_facts USING btree (tenant_id, create_date);
alter table lead_facts enable row level security, force row level security;
create policy tenant on lead_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on lead_facts to analytics_app;

create table marketing_marks (
  tenant_id uuid not null default tenant(),
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint marketing_marks_pkey PRIMARY KEY (tenant_id)
);
alter table marketing_marks enable row level security, force row level security;
create policy tenant on marketing_marks for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on marketing_marks to analytics_app;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to analytics_app;
grant select on migrations to analytics_relay;

create table opportunity_facts (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  display_name text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id text collate "C" not null,
  stage_type text collate "C" not null,
  amount_currency_code text collate "C",
  amount_micros bigint,
  weighted_micros bigint,
  probability integer not null,
  product_ids jsonb not null,
  source_channel text collate "C",
  open_date date,
  close_date date,
  expected_close_date date,
  lost_reason text collate "C",
  version integer not null,
  amount_order bigint not null generated always as COALESCE(amount_micros, '-9223372036854775808'::bigint),
  open_order date not null generated always as COALESCE(open_date, '9999-12-31'::date),
  close_order date not null generated always as COALESCE(close_date, '9999-12-31'::date),
  competitor_id uuid,
  constraint opportunity_facts_pkey PRIMARY KEY (tenant_id, opportunity_id)
);
CREATE INDEX opportunity_facts_by_amount ON analytics.opportunity_facts USING btree (tenant_id, amount_order, opportunity_id);
CREATE INDEX opportunity_facts_by_closing ON analytics.opportunity_facts USING btree (tenant_id, close_order, opportunity_id);
CREATE INDEX opportunity_facts_by_opening ON analytics.opportunity_facts USING btree (tenant_id, open_order, opportunity_id);
CREATE INDEX opportunity_facts_of_competitor ON analytics.opportunity_facts USING btree (tenant_id, competitor_id) WHERE (competitor_id IS NOT NULL);
CREATE INDEX opportunity_facts_of_customer ON analytics.opportunity_facts USING btree (tenant_id, customer_id);
CREATE INDEX opportunity_facts_of_owner ON analytics.opportunity_facts USING btree (tenant_id, owner_id);
alter table opportunity_facts enable row level security, force row level security;
create policy tenant on opportunity_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on opportunity_facts to analytics_app;

create table opportunity_values (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null,
  constraint opportunity_values_pkey PRIMARY KEY (tenant_id, kind, text_value, opportunity_id)
);
CREATE INDEX opportunity_values_of_opportunity ON analytics.opportunity_values USING btree (tenant_id, opportunity_id, kind);
alter table opportunity_values enable row level security, force row level security;
create policy tenant on opportunity_values for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on opportunity_values to analytics_app;

create table order_facts (
  tenant_id uuid not null default tenant(),
  order_id uuid not null,
  order_number text collate "C" not null,
  customer_id uuid,
  owner_id uuid,
  kind text collate "C" not null,
  status text collate "C" not null,
  currency_code text collate "C" not null,
  order_date date not null,
  order_month text collate "C" not null,
  region text collate "C" not null,
  line_count integer not null,
  quantity_micros bigint not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost integer not null,
  products jsonb not null,
  version integer not null,
  constraint order_facts_pkey PRIMARY KEY (tenant_id, order_id)
);
CREATE INDEX order_facts_by_amount ON analytics.order_facts USING btree (tenant_id, net_micros, order_id);
CREATE INDEX order_facts_by_date ON analytics.order_facts USING btree (tenant_id, order_date, order_id);
CREATE INDEX order_facts_by_number ON analytics.order_facts USING btree (tenant_id, order_number, order_id);
CREATE INDEX order_facts_of_customer ON analytics.order_facts USING btree (tenant_id, customer_id, order_id);
alter table order_facts enable row level security, force row level security;
create policy tenant on order_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on order_facts to analytics_app;

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
create policy relay on outbox for all to analytics_relay using (true);
create policy tenant on outbox for insert to analytics_app with check ((tenant_id = tenant()));
grant delete, select on outbox to analytics_relay;
grant insert on outbox to analytics_app;

create table pipelines (
  tenant_id uuid not null default tenant(),
  pipeline_id uuid not null,
  display_name text collate "C" not null,
  is_default boolean not null,
  stages jsonb not null,
  version integer not null,
  constraint pipelines_pkey PRIMARY KEY (tenant_id, pipeline_id)
);
alter table pipelines enable row level security, force row level security;
create policy tenant on pipelines for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on pipelines to analytics_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to analytics_app;

create table product_days (
  tenant_id uuid not null default tenant(),
  day date not null,
  currency_code text collate "C" not null,
  product_id text collate "C" not null,
  product_code text collate "C" not null,
  with_customer boolean not null,
  order_count integer not null,
  line_count integer not null,
  quantity_micros bigint not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost integer not null,
  constraint product_days_pkey PRIMARY KEY (tenant_id, day, currency_code, product_id, product_code, with_customer)
);
alter table product_days enable row level security, force row level security;
create policy tenant on product_days for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on product_days to analytics_app;

create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text collate "C" not null,
  version integer not null,
  constraint products_pkey PRIMARY KEY (tenant_id, product_id)
);
alter table products enable row level security, force row level security;
create policy tenant on products for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on products to analytics_app;

create table queues (
  tenant_id uuid not null default tenant(),
  queue_id uuid not null,
  display_name text collate "C" not null,
  version integer not null,
  constraint queues_pkey PRIMARY KEY (tenant_id, queue_id)
);
alter table queues enable row level security, force row level security;
create policy tenant on queues for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on queues to analytics_app;

create table reconciliation_differences (
  tenant_id uuid not null default tenant(),
  difference_id uuid not null,
  reconciliation_id uuid not null,
  area text collate "C" not null,
  aggregate_type text collate "C" not null,
  table_name text collate "C" not null,
  subject text collate "C" not null,
  kind text collate "C" not null,
  after_repair boolean not null,
  version integer not null,
  constraint reconciliation_differences_pkey PRIMARY KEY (tenant_id, difference_id)
);
CREATE INDEX reconciliation_differences_of ON analytics.reconciliation_differences USING btree (tenant_id, reconciliation_id, subject, difference_id);
alter table reconciliation_differences enable row level security, force row level security;
create policy tenant on reconciliation_differences for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on reconciliation_differences to analytics_app;

create table reconciliations (
  tenant_id uuid not null default tenant(),
  reconciliation_id uuid not null,
  area text collate "C" not null,
  repair boolean not null,
  state text collate "C" not null,
  error text collate "C" not null,
  found jsonb not null,
  mended jsonb not null,
  create_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone,
  version integer not null,
  constraint reconciliations_pkey PRIMARY KEY (tenant_id, reconciliation_id)
);
CREATE INDEX reconciliations_by_time ON analytics.reconciliations USING btree (tenant_id, create_time, reconciliation_id);
alter table reconciliations enable row level security, force row level security;
create policy tenant on reconciliations for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on reconciliations to analytics_app;

create table relationship_facts (
  tenant_id uuid not null default tenant(),
  relationship_id uuid not null,
  customer_id uuid not null,
  over_invested_time timestamp(3) with time zone,
  version integer not null,
  constraint relationship_facts_pkey PRIMARY KEY (tenant_id, relationship_id)
);
CREATE INDEX relationship_facts_of_customer ON analytics.relationship_facts USING btree (tenant_id, customer_id);
alter table relationship_facts enable row level security, force row level security;
create policy tenant on relationship_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on relationship_facts to analytics_app;

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
CREATE INDEX requests_by_time ON analytics.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to analytics_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to analytics_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to analytics_app;
grant delete, select (create_time) on requests to analytics_relay;

create table sales_days (
  tenant_id uuid not null default tenant(),
  day date not null,
  currency_code text collate "C" not null,
  region text collate "C" not null,
  owner_id text collate "C" not null,
  kind text collate "C" not null,
  with_customer boolean not null,
  order_count integer not null,
  line_count integer not null,
  quantity_micros bigint not null,
  list_micros bigint not null,
  discount_micros bigint not null,
  net_micros bigint not null,
  cost_micros bigint not null,
  margin_micros bigint not null,
  lines_without_cost integer not null,
  constraint sales_days_pkey PRIMARY KEY (tenant_id, day, currency_code, region, owner_id, kind, with_customer)
);
alter table sales_days enable row level security, force row level security;
create policy tenant on sales_days for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on sales_days to analytics_app;

create table sales_marks (
  tenant_id uuid not null default tenant(),
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint sales_marks_pkey PRIMARY KEY (tenant_id)
);
alter table sales_marks enable row level security, force row level security;
create policy tenant on sales_marks for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on sales_marks to analytics_app;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to analytics_app;

create table service_marks (
  tenant_id uuid not null default tenant(),
  event_time timestamp(3) with time zone not null,
  stream_sequence bigint not null,
  constraint service_marks_pkey PRIMARY KEY (tenant_id)
);
alter table service_marks enable row level security, force row level security;
create policy tenant on service_marks for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on service_marks to analytics_app;

create table stage_entries (
  tenant_id uuid not null default tenant(),
  opportunity_id uuid not null,
  place integer not null,
  pipeline_id uuid not null,
  stage_id text collate "C" not null,
  enter_date date,
  leave_date date,
  next_stage_id text collate "C",
  next_stage_type text collate "C",
  constraint stage_entries_pkey PRIMARY KEY (tenant_id, opportunity_id, place)
);
CREATE INDEX stage_entries_by_date ON analytics.stage_entries USING btree (tenant_id, pipeline_id, enter_date);
alter table stage_entries enable row level security, force row level security;
create policy tenant on stage_entries for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on stage_entries to analytics_app;

create table teams (
  tenant_id uuid not null default tenant(),
  team_id uuid not null,
  display_name text collate "C" not null,
  parent_team_id uuid,
  manager_id uuid,
  version integer not null,
  constraint teams_pkey PRIMARY KEY (tenant_id, team_id)
);
alter table teams enable row level security, force row level security;
create policy tenant on teams for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on teams to analytics_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to analytics_app;

create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  team_id uuid,
  version integer not null,
  constraint users_pkey PRIMARY KEY (tenant_id, user_id)
);
alter table users enable row level security, force row level security;
create policy tenant on users for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to analytics_app;

create table value_plans (
  tenant_id uuid not null default tenant(),
  plan_id uuid not null,
  purchase_model text collate "C" not null,
  basis text collate "C" not null,
  horizon_weeks integer not null,
  yearly_discount_rate double precision not null,
  grade_a_share double precision not null,
  grade_b_share double precision not null,
  grade_c_share double precision not null,
  drop_threshold double precision not null,
  nightly boolean not null,
  nightly_hour integer not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint value_plans_pkey PRIMARY KEY (tenant_id, plan_id)
);
alter table value_plans enable row level security, force row level security;
create policy tenant on value_plans for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on value_plans to analytics_app;

create table value_runs (
  tenant_id uuid not null default tenant(),
  value_run_id uuid not null,
  cut_off_date date not null,
  hold_out_start_date date,
  cohort_end_date date,
  plan jsonb not null,
  currency_code text collate "C" not null,
  initiator jsonb,
  state text collate "C" not null,
  error text,
  findings jsonb,
  through uuid,
  scored_count integer not null,
  dropped_count integer not null,
  cleared_count integer not null,
  unchanged_count integer not null,
  create_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone,
  version integer not null,
  constraint value_runs_pkey PRIMARY KEY (tenant_id, value_run_id)
);
CREATE INDEX value_runs_by_create_time ON analytics.value_runs USING btree (tenant_id, create_time, value_run_id);
CREATE INDEX value_runs_by_state ON analytics.value_runs USING btree (tenant_id, state, value_run_id);
alter table value_runs enable row level security, force row level security;
create policy tenant on value_runs for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on value_runs to analytics_app;

create table win_back_facts (
  tenant_id uuid not null default tenant(),
  win_back_id uuid not null,
  customer_id uuid not null,
  churn_reason text collate "C",
  owner_id uuid,
  outcome text collate "C",
  start_date date not null,
  end_date date,
  version integer not null,
  constraint win_back_facts_pkey PRIMARY KEY (tenant_id, win_back_id)
);
CREATE INDEX win_back_facts_by_start ON analytics.win_back_facts USING btree (tenant_id, start_date);
alter table win_back_facts enable row level security, force row level security;
create policy tenant on win_back_facts for all to analytics_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on win_back_facts to analytics_app;

grant execute on function make_partitions() to analytics_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function tenant() to public;
grant usage on schema analytics to analytics_app;
grant usage on schema analytics to analytics_relay;
