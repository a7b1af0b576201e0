-- Made from the catalogue by test/schema.test.ts: UPDATE=1 writes it anew, nobody edits it.

CREATE OR REPLACE FUNCTION identity.begin_session(its_key text, its_tenant uuid, its_user uuid, life interval, idle interval)
 RETURNS TABLE(use_time timestamp with time zone, expire_time timestamp with time zone)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'identity', 'pg_temp'
AS $function$
    -- One that has run out is idle soon after, so this is all of them; a few at a time, for somebody is waiting.
    delete from sessions where key_hash in (
      select s.key_hash from sessions s where s.use_time < now() - idle limit 100 for update skip locked);
    insert into sessions values (its_key, its_tenant, its_user, now(), now() + life) returning use_time, expire_time;
  $function$
;

CREATE OR REPLACE FUNCTION identity.end_session(its_key text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'identity', 'pg_temp'
AS $function$ delete from sessions where key_hash = its_key $function$
;

CREATE OR REPLACE FUNCTION identity.make_partitions()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'identity', 'pg_temp'
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

CREATE OR REPLACE FUNCTION identity.refuse_stale(stale uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $function$
;

CREATE OR REPLACE FUNCTION identity.require_rights(ids uuid[], resource text, action text)
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

CREATE OR REPLACE FUNCTION identity.sign_ins(its_issuer text, its_subject text)
 RETURNS TABLE(tenant_id uuid, user_id uuid, display_name text, active boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'identity', 'pg_temp'
AS $function$
    select u.tenant_id, u.user_id, u.display_name, u.state = 'ACTIVE'
    from users u where u.issuer = its_issuer and u.subject = its_subject
    order by u.create_time, u.user_id
  $function$
;

CREATE OR REPLACE FUNCTION identity.tenant()
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('app.tenant', true), '')::uuid $function$
;

CREATE OR REPLACE FUNCTION identity.use_session(its_key text, idle interval, unattended boolean)
 RETURNS TABLE(tenant_id uuid, user_id uuid, display_name text, use_time timestamp with time zone, expire_time timestamp with time zone)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'identity', 'pg_temp'
AS $function$
    with alive as (
      select s.*, u.display_name from sessions s
      join users u on u.tenant_id = s.tenant_id and u.user_id = s.user_id and u.state = 'ACTIVE'
      where s.key_hash = its_key and s.use_time > now() - idle and s.expire_time > now()),
    moved as (
      update sessions s set use_time = now() from alive a
      where s.key_hash = a.key_hash and not unattended and s.use_time < now() - interval '1 minute' returning s.use_time)
    select a.tenant_id, a.user_id, a.display_name, coalesce(m.use_time, a.use_time), a.expire_time
    from alive a left join moved m on true
  $function$
;

create table checkpoints (
  consumer text collate "C" not null,
  stream_sequence bigint not null,
  event_id uuid not null,
  constraint checkpoints_pkey PRIMARY KEY (consumer)
);
grant delete, insert, select, update on checkpoints to identity_app;
grant select on checkpoints to identity_relay;

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
CREATE INDEX dead_letters_by_aggregate ON identity.dead_letters USING btree (tenant_id, consumer, aggregate_id, version);
alter table dead_letters enable row level security, force row level security;
create policy relay on dead_letters for select to identity_relay using (parked);
create policy tenant on dead_letters for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on dead_letters to identity_app;
grant select (consumer), select (parked) on dead_letters to identity_relay;

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
CREATE INDEX event_log_by_sequence ON ONLY identity.event_log USING btree (stream_sequence);
CREATE INDEX event_log_by_version ON ONLY identity.event_log USING btree (tenant_id, aggregate_id, version);
alter table event_log enable row level security, force row level security;
create policy relay on event_log for all to identity_relay using (true) with check (true);
grant insert, select, update on event_log to identity_relay;

create table event_log_default partition of event_log DEFAULT;
alter table event_log_default enable row level security, force row level security;
create policy relay on event_log_default for all to identity_relay using (true);
grant select on event_log_default to identity_relay;

create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  constraint inbox_pkey PRIMARY KEY (tenant_id, consumer, event_id)
);
alter table inbox enable row level security, force row level security;
create policy tenant on inbox for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on inbox to identity_app;

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
CREATE INDEX jobs_by_due_time ON identity.jobs USING btree (due_time);
alter table jobs enable row level security, force row level security;
create policy relay on jobs for all to identity_relay using (true) with check (true);
create policy tenant on jobs for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on jobs to identity_app;
grant delete, select, update (attempts), update (due_time), update (error) on jobs to identity_relay;

create table migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  needs character varying default NULLIF(current_setting('guanxi.needs'::text, true), ''::text),
  constraint migrations_pkey PRIMARY KEY (id)
);
grant select on migrations to identity_app;
grant select on migrations to identity_relay;

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
create policy relay on outbox for all to identity_relay using (true);
create policy tenant on outbox for insert to identity_app with check ((tenant_id = tenant()));
grant delete, select on outbox to identity_relay;
grant insert on outbox to identity_app;

create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version integer not null,
  constraint principals_pkey PRIMARY KEY (tenant_id, principal_id)
);
alter table principals enable row level security, force row level security;
create policy tenant on principals for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on principals to identity_app;

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
CREATE INDEX requests_by_time ON identity.requests USING btree (create_time);
alter table requests enable row level security, force row level security;
create policy forget on requests for delete to identity_relay using ((create_time < (now() - '7 days'::interval)));
create policy forgotten on requests for select to identity_relay using ((create_time < (now() - '7 days'::interval)));
create policy tenant on requests for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on requests to identity_app;
grant delete, select (create_time) on requests to identity_relay;

create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version integer not null,
  constraint seen_pkey PRIMARY KEY (tenant_id, consumer, aggregate_id)
);
alter table seen enable row level security, force row level security;
create policy tenant on seen for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on seen to identity_app;

create table sessions (
  key_hash text collate "C" not null,
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  use_time timestamp(3) with time zone not null,
  expire_time timestamp(3) with time zone not null,
  constraint sessions_pkey PRIMARY KEY (key_hash),
  constraint sessions_user_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, user_id)
);
CREATE INDEX sessions_by_use_time ON identity.sessions USING btree (use_time);
CREATE INDEX sessions_by_user ON identity.sessions USING btree (tenant_id, user_id);
alter table sessions enable row level security, force row level security;
create policy session on sessions for all to identity_owner using (true) with check (true);
create policy shut_out on sessions for all to identity_app using ((tenant_id = tenant()));
grant delete, select (tenant_id), select (user_id) on sessions to identity_app;

create table signing_keys (
  generation integer not null,
  key_id text collate "C" not null,
  private_jwk jsonb not null,
  public_jwk jsonb not null,
  create_time timestamp(3) with time zone not null,
  constraint signing_keys_pkey PRIMARY KEY (generation)
);
alter table signing_keys enable row level security, force row level security;
create policy keys on signing_keys for all to identity_app using (true) with check (true);
grant delete, insert, select on signing_keys to identity_app;

create table teams (
  tenant_id uuid not null default tenant(),
  team_id uuid not null,
  display_name text collate "C" not null,
  parent_team_id uuid,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  manager_id uuid,
  constraint teams_pkey PRIMARY KEY (tenant_id, team_id),
  constraint teams_manager_fkey FOREIGN KEY (tenant_id, manager_id) REFERENCES users(tenant_id, user_id),
  constraint teams_parent_fkey FOREIGN KEY (tenant_id, parent_team_id) REFERENCES teams(tenant_id, team_id)
);
CREATE INDEX teams_by_create_time ON identity.teams USING btree (tenant_id, create_time, team_id);
CREATE INDEX teams_by_manager ON identity.teams USING btree (tenant_id, manager_id) WHERE (manager_id IS NOT NULL);
CREATE INDEX teams_by_name ON identity.teams USING btree (tenant_id, display_name, team_id);
CREATE INDEX teams_by_parent ON identity.teams USING btree (tenant_id, parent_team_id);
alter table teams enable row level security, force row level security;
create policy tenant on teams for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on teams to identity_app;

create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version integer not null,
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, settings_id)
);
alter table tenant_settings enable row level security, force row level security;
create policy tenant on tenant_settings for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenant_settings to identity_app;

create table tenants (
  tenant_id uuid not null default tenant(),
  display_name text collate "C" not null,
  time_zone text collate "C" not null,
  currency_code text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint tenants_pkey PRIMARY KEY (tenant_id)
);
alter table tenants enable row level security, force row level security;
create policy tenant on tenants for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on tenants to identity_app;

create table user_values (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null,
  constraint user_values_pkey PRIMARY KEY (tenant_id, user_id, kind, text_value)
);
CREATE INDEX user_values_by_text ON identity.user_values USING btree (tenant_id, kind, text_value, user_id);
alter table user_values enable row level security, force row level security;
create policy tenant on user_values for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on user_values to identity_app;

create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  email text collate "C" not null,
  issuer text collate "C" not null,
  subject text collate "C" not null,
  state text collate "C" not null,
  job text collate "C" not null,
  grants jsonb not null,
  team_ids jsonb not null,
  language text collate "C" not null,
  create_time timestamp(3) with time zone not null,
  update_time timestamp(3) with time zone not null,
  version integer not null,
  constraint users_pkey PRIMARY KEY (tenant_id, user_id),
  constraint users_account_key UNIQUE (tenant_id, issuer, subject)
);
CREATE INDEX users_by_account ON identity.users USING btree (issuer, subject);
CREATE INDEX users_by_create_time ON identity.users USING btree (tenant_id, create_time, user_id);
CREATE INDEX users_by_name ON identity.users USING btree (tenant_id, display_name, user_id);
alter table users enable row level security, force row level security;
create policy sign_in on users for select to identity_owner using (true);
create policy tenant on users for all to identity_app using ((tenant_id = tenant())) with check ((tenant_id = tenant()));
grant delete, insert, select, update on users to identity_app;

grant execute on function begin_session(its_key text, its_tenant uuid, its_user uuid, life interval, idle interval) to identity_app;
grant execute on function end_session(its_key text) to identity_app;
grant execute on function make_partitions() to identity_relay;
grant execute on function refuse_stale(stale uuid[]) to public;
grant execute on function require_rights(ids uuid[], resource text, action text) to public;
grant execute on function sign_ins(its_issuer text, its_subject text) to identity_app;
grant execute on function tenant() to public;
grant execute on function use_session(its_key text, idle interval, unattended boolean) to identity_app;
grant usage on schema identity to identity_app;
grant usage on schema identity to identity_relay;
