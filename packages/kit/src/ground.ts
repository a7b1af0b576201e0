// What every service's schema holds besides its own tables. Runs as <service>_owner, whose search_path is the schema.
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Row-level security as every table with tenant_id has it: rows of the tenant of this transaction and no others, for the
 * owner too; without a tenant none. `append` leaves update and delete out.
 */
export function secure(table: string, service: string, { append = false } = {}): string {
  return `
    alter table ${table} enable row level security, force row level security;
    create policy tenant on ${table} to ${service}_app using (tenant_id = tenant()) with check (tenant_id = tenant());
    grant select, insert${append ? "" : ", update, delete"} on ${table} to ${service}_app;`;
}

export function groundMigration(service: string): new () => MigrationInterface {
  return class Ground1700000000000 implements MigrationInterface {
    name = "Ground1700000000000";
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(functions + tables + policies(service) + partitions(service));
    }
    async down(): Promise<void> {
      throw new Error("there is nothing below the ground");
    }
  };
}

/** What is due: a row for each, taken by whoever holds its lock. Came later than the rest of the ground. */
export function jobsMigration(service: string): new () => MigrationInterface {
  return class Jobs1700000000001 implements MigrationInterface {
    name = "Jobs1700000000001";
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(jobs(service));
    }
    async down(): Promise<void> {
      throw new Error("jobs belong to the ground");
    }
  };
}

/** How many letters are put aside, seen for all tenants; what stands in one stays its tenant's. Came with release 0.2.0. */
export function lettersMigration(service: string): new () => MigrationInterface {
  return class CountedLetters1700000000002 implements MigrationInterface {
    name = "CountedLetters1700000000002";
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        create policy relay on dead_letters for select to ${service}_relay using (parked);
        grant select (consumer, parked) on dead_letters to ${service}_relay;`);
    }
    async down(): Promise<void> {
      throw new Error("what is counted belongs to the ground");
    }
  };
}

const jobs = (service: string) => `
create table jobs (
  tenant_id uuid not null default tenant(),
  job_id uuid not null,
  name text collate "C" not null,
  subject_id uuid not null,
  due_time timestamptz(3) not null default now(),
  attempts int not null default 0,
  error text,
  create_time timestamptz(3) not null default now(),
  primary key (tenant_id, job_id),
  unique (tenant_id, name, subject_id)
);
create index jobs_by_due_time on jobs (due_time); -- the runner
${secure("jobs", service)}
create policy relay on jobs to ${service}_relay using (true) with check (true);
grant select, update (due_time, attempts, error), delete on jobs to ${service}_relay;
`;

const functions = `
create function tenant() returns uuid language sql stable
  as $$ select nullif(current_setting('app.tenant', true), '')::uuid $$;

-- Raised inside the writing statement, so that a COMMIT sent in the same flush becomes a ROLLBACK.
create function refuse_stale(stale uuid[]) returns void language plpgsql
  as $$ begin
    if cardinality(stale) > 0 then
      raise exception using errcode = 'GX412', message = 'ETAG_MISMATCH', detail = array_to_json(stale)::text;
    end if;
  end $$;
`;

const tables = `
-- What was recorded and not yet published.
create table outbox (
  position bigint generated always as identity primary key,
  event_id uuid not null,
  tenant_id uuid not null default tenant(),
  aggregate_id uuid not null,
  version int not null,
  subject text not null,
  payload bytea not null,
  traceparent text,
  unique (tenant_id, aggregate_id, version)
);
-- What was published, for ever.
create table event_log (
  event_id uuid not null,
  tenant_id uuid not null,
  aggregate_id uuid not null,
  version int not null,
  subject text not null,
  payload bytea not null,
  stream_sequence bigint not null,
  publish_time timestamptz(3) not null default now(),
  primary key (tenant_id, event_id, publish_time)
) partition by range (publish_time);
create table event_log_default partition of event_log default;
create index event_log_by_sequence on event_log (stream_sequence); -- reconcile, ReadEvents
create index event_log_by_version on event_log (tenant_id, aggregate_id, version); -- LocateEvent

-- Answers of commands that may come again.
create table requests (
  tenant_id uuid not null default tenant(),
  principal text collate "C" not null,
  method text collate "C" not null,
  request_id text collate "C" not null,
  hash text not null,
  answer bytea,
  principal_version int, -- of the person's rights when it was answered
  create_time timestamptz(3) not null default now(),
  primary key (tenant_id, principal, method, request_id)
);
create index requests_by_time on requests (create_time); -- forgetting them

-- The newest version that a reader has applied of each aggregate.
create table seen (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  aggregate_id uuid not null,
  version int not null,
  primary key (tenant_id, consumer, aggregate_id)
);
-- What an effect has done, for ever: not even a reader made anew does it twice.
create table inbox (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  primary key (tenant_id, consumer, event_id)
);
-- Events that a reader could not apply, and those of the same aggregate that wait behind them.
create table dead_letters (
  tenant_id uuid not null default tenant(),
  consumer text collate "C" not null,
  event_id uuid not null,
  aggregate_id uuid not null,
  version int not null,
  stream_sequence bigint not null,
  subject text not null,
  payload bytea not null,
  attempts int not null,
  parked boolean not null,
  error text not null,
  create_time timestamptz(3) not null default now(),
  primary key (tenant_id, consumer, event_id)
);
create index dead_letters_by_aggregate on dead_letters (tenant_id, consumer, aggregate_id, version); -- parking, replay
-- How far a reader has come in the stream.
create table checkpoints (
  consumer text collate "C" primary key,
  stream_sequence bigint not null,
  event_id uuid not null
);

-- Of identity's events: who may do what, and what holds for their company.
create table principals (
  tenant_id uuid not null default tenant(),
  principal_id uuid not null,
  active boolean not null,
  grants jsonb not null,
  version int not null,
  primary key (tenant_id, principal_id)
);
create table tenant_settings (
  tenant_id uuid not null default tenant(),
  settings_id uuid not null,
  time_zone text not null,
  currency_code text not null,
  version int not null,
  primary key (tenant_id, settings_id)
);

-- The grants of those who ask; raises when one of them may not.
create function require_rights(ids uuid[], resource text, action text)
  returns table (principal_id uuid, grants jsonb) language plpgsql stable
  as $$ declare
    enough text[] := array[resource || ':' || action, resource || ':*', '*:' || action, '*:*'];
    allowed int := (select count(*) from principals p
      where p.principal_id = any(ids) and p.active and p.grants ?| enough);
  begin
    if allowed < cardinality(ids) then
      raise exception using errcode = 'GX403', message = 'PERMISSION_DENIED';
    end if;
    return query select p.principal_id, p.grants from principals p where p.principal_id = any(ids);
  end $$;
`;

const policies = (service: string) => `
alter table outbox enable row level security, force row level security;
alter table event_log enable row level security, force row level security;
alter table event_log_default enable row level security, force row level security;
create policy tenant on outbox for insert to ${service}_app with check (tenant_id = tenant());
create policy relay on outbox to ${service}_relay using (true);
create policy relay on event_log to ${service}_relay using (true) with check (true);
create policy relay on event_log_default to ${service}_relay using (true);
create policy forget on requests for delete to ${service}_relay using (create_time < now() - interval '7 days');
create policy forgotten on requests for select to ${service}_relay using (create_time < now() - interval '7 days');
${["requests", "seen", "inbox", "dead_letters", "principals", "tenant_settings"].map((name) => secure(name, service)).join("")}
grant insert on outbox to ${service}_app;
grant select, delete on outbox to ${service}_relay;
grant select, insert, update on event_log to ${service}_relay;
grant select on event_log_default to ${service}_relay;
grant select (create_time), delete on requests to ${service}_relay;
grant select, insert, update, delete on checkpoints to ${service}_app;
grant select on checkpoints to ${service}_relay;
grant select on migrations to ${service}_app, ${service}_relay;
`;

/** The relay makes them from time to time, but may make nothing else. */
const partitions = (service: string) => `
create function make_partitions() returns void language plpgsql security definer set search_path = ${service}, pg_temp
  as $$ declare
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
  end $$;
revoke all on function make_partitions() from public;
grant execute on function make_partitions() to ${service}_relay;
select make_partitions();
`;
