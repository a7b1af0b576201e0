import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who is signed in from a browser, by the hash of a key that only the browser's cookie has. */
export class Sessions1700000000004 implements MigrationInterface {
  name = "Sessions1700000000004";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table sessions (
  key_hash text collate "C" primary key,
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  use_time timestamptz(3) not null,
  expire_time timestamptz(3) not null,
  constraint sessions_user_fkey foreign key (tenant_id, user_id) references users (tenant_id, user_id)
);
create index sessions_by_user on sessions (tenant_id, user_id); -- DeactivateUser
create index sessions_by_use_time on sessions (use_time); -- those that nobody uses any more
alter table sessions enable row level security, force row level security;
-- Whoever shuts a user out ends their sessions; more than that the service does by the functions below, which want a key.
create policy shut_out on sessions to identity_app using (tenant_id = tenant());
grant select (tenant_id, user_id), delete on sessions to identity_app;

-- As sign_ins: before a tenant is known, and for one key only. The database's clock is the one that all processes have.
create policy session on sessions to identity_owner using (true) with check (true);

create function begin_session(its_key text, its_tenant uuid, its_user uuid, life interval, idle interval)
  returns table (use_time timestamptz, expire_time timestamptz)
  language sql volatile security definer set search_path = identity, pg_temp
  as $$
    -- One that has run out is idle soon after, so this is all of them; a few at a time, for somebody is waiting.
    delete from sessions where key_hash in (
      select s.key_hash from sessions s where s.use_time < now() - idle limit 100 for update skip locked);
    insert into sessions values (its_key, its_tenant, its_user, now(), now() + life) returning use_time, expire_time;
  $$;

-- Written at most once a minute: a page asks a dozen things at once. Not for a page that is merely open.
create function use_session(its_key text, idle interval, unattended boolean)
  returns table (tenant_id uuid, user_id uuid, display_name text, use_time timestamptz, expire_time timestamptz)
  language sql volatile security definer set search_path = identity, pg_temp
  as $$
    with alive as (
      select s.*, u.display_name from sessions s
      join users u on u.tenant_id = s.tenant_id and u.user_id = s.user_id and u.state = 'ACTIVE'
      where s.key_hash = its_key and s.use_time > now() - idle and s.expire_time > now()),
    moved as (
      update sessions s set use_time = now() from alive a
      where s.key_hash = a.key_hash and not unattended and s.use_time < now() - interval '1 minute' returning s.use_time)
    select a.tenant_id, a.user_id, a.display_name, coalesce(m.use_time, a.use_time), a.expire_time
    from alive a left join moved m on true
  $$;

create function end_session(its_key text) returns void
  language sql volatile security definer set search_path = identity, pg_temp
  as $$ delete from sessions where key_hash = its_key $$;

revoke all on function begin_session, use_session, end_session from public;
grant execute on function begin_session, use_session, end_session to identity_app;
`);
  }
  async down(): Promise<void> {
    throw new Error("everybody would be signed out");
  }
}
