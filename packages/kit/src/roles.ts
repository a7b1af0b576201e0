/**
 * Three roles and a schema for a service. Idempotent; run as the database's admin.
 *   _owner  migrates, owns the tables, and under FORCE sees no row of them without a tenant
 *   _app    serves requests and reactions, always with a tenant
 *   _relay  sees outbox and event_log of all tenants, and no business table
 */
export const rolesSql = (service: string) => `
do $$
declare
  role text;
  most int;
begin
  foreach role in array array['${service}_owner', '${service}_app', '${service}_relay'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I', role);
    end if;
    execute format('alter role %I login nosuperuser nocreatedb nocreaterole nobypassrls', role);
    execute format('alter role %I set search_path = %I', role, '${service}');
    execute format('grant connect on database %I to %I', current_database(), role);
  end loop;

  execute format('create schema if not exists %I authorization %I', '${service}', '${service}_owner');
  execute format('grant usage on schema %I to %I, %I', '${service}', '${service}_app', '${service}_relay');

  -- One service that asks for too much must leave the others connections and disk. Four processes, each beside its
  -- successor, open 80 as app and 32 as relay.
  most := current_setting('max_connections')::int;
  execute format('alter role ${service}_app connection limit %s', most * 2 / 5);
  execute format('alter role ${service}_relay connection limit %s', most / 5);
  execute format('revoke temporary on database %I from public', current_database());
  begin
    alter role ${service}_app set temp_file_limit = '1GB';
    alter role ${service}_relay set temp_file_limit = '1GB';
  exception when insufficient_privilege then
    raise notice 'the files that ${service} may fill while it sorts are not limited: only a superuser can';
  end;

  alter role ${service}_app set lock_timeout = '1s';
  alter role ${service}_app set statement_timeout = '5s';
  alter role ${service}_app set idle_in_transaction_session_timeout = '10s';
  alter role ${service}_owner set lock_timeout = '5s';
  -- The relay's lease: a leader that says nothing for ten seconds loses its session, and with it the advisory lock.
  alter role ${service}_relay set idle_session_timeout = '10s';
  -- A move that a crash forgets is published again and removed by its id; so the relay need not wait for the disk.
  alter role ${service}_relay set synchronous_commit = off;
end $$;
`;
