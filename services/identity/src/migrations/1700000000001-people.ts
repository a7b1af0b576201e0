import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tenants, their users and teams, and the one question that is asked before a tenant is known. */
export class People1700000000001 implements MigrationInterface {
  name = "People1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table tenants (
  tenant_id uuid not null default tenant() primary key,
  display_name text collate "C" not null,
  time_zone text collate "C" not null,
  currency_code text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null
);
${secure("tenants", "identity")}

create table teams (
  tenant_id uuid not null default tenant(),
  team_id uuid not null,
  display_name text collate "C" not null,
  parent_team_id uuid,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, team_id),
  constraint teams_parent_fkey foreign key (tenant_id, parent_team_id) references teams (tenant_id, team_id)
);
create index teams_by_name on teams (tenant_id, display_name, team_id); -- ListTeams
create index teams_by_create_time on teams (tenant_id, create_time, team_id); -- ListTeams by create_time
create index teams_by_parent on teams (tenant_id, parent_team_id); -- the check of teams_parent_fkey when a team goes
${secure("teams", "identity")}

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
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, user_id),
  constraint users_account_key unique (tenant_id, issuer, subject)
);
create index users_by_account on users (issuer, subject); -- sign_ins
create index users_by_name on users (tenant_id, display_name, user_id); -- ListUsers
create index users_by_create_time on users (tenant_id, create_time, user_id); -- ListUsers by create_time
${secure("users", "identity")}

create table user_values (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  kind text collate "C" not null,
  text_value text collate "C" not null,
  primary key (tenant_id, user_id, kind, text_value)
);
create index user_values_by_text on user_values (tenant_id, kind, text_value, user_id); -- ListUsers by team
${secure("user_values", "identity")}

-- Whose account is this? Runs as the owner, who may read users across tenants here and would be stopped by FORCE
-- otherwise; the service itself may only call it, and so learns nothing but the users of one account.
create policy sign_in on users for select to identity_owner using (true);
create function sign_ins(its_issuer text, its_subject text)
  returns table (tenant_id uuid, user_id uuid, display_name text, active boolean)
  language sql stable security definer set search_path = identity, pg_temp
  as $$
    select u.tenant_id, u.user_id, u.display_name, u.state = 'ACTIVE'
    from users u where u.issuer = its_issuer and u.subject = its_subject
    order by u.create_time, u.user_id
  $$;
revoke all on function sign_ins from public;
grant execute on function sign_ins to identity_app;
`);
  }
  async down(): Promise<void> {
    throw new Error("people are not forgotten by a migration");
  }
}
