import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** When we are open, what is promised, and what has been said of promises that were not kept. */
export class Sla1700000000012 implements MigrationInterface {
  name = "Sla1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table service_calendars (
  tenant_id uuid not null default tenant(),
  service_calendar_id uuid not null,
  display_name text collate "C" not null,
  time_zone text collate "C" not null,
  hours jsonb not null,
  holidays jsonb not null,
  exceptions jsonb not null,
  is_default bool not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, service_calendar_id)
);
create index service_calendars_by_name on service_calendars (tenant_id, display_name, service_calendar_id); -- ListServiceCalendars
create index service_calendars_by_create_time on service_calendars (tenant_id, create_time, service_calendar_id); -- ListServiceCalendars by create_time
create unique index service_calendars_default on service_calendars (tenant_id) where is_default; -- slaRules; there is one
${secure("service_calendars", "service_desk")}

create table sla_policies (
  tenant_id uuid not null default tenant(),
  sla_policy_id uuid not null,
  display_name text collate "C" not null,
  floor bool not null,
  rank int not null,
  case_kinds jsonb not null,
  service_calendar_id uuid,
  targets jsonb not null,
  entitlements jsonb not null,
  escalation jsonb not null,
  active bool not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, sla_policy_id)
);
create index sla_policies_by_rank on sla_policies (tenant_id, rank, sla_policy_id); -- ListSlaPolicies
create index sla_policies_by_name on sla_policies (tenant_id, display_name, sla_policy_id); -- ListSlaPolicies by display_name
create index sla_policies_by_create_time on sla_policies (tenant_id, create_time, sla_policy_id); -- ListSlaPolicies by create_time
create unique index sla_policies_floor on sla_policies (tenant_id) where floor; -- there is one
${secure("sla_policies", "service_desk")}

create table case_sla_told (
  tenant_id uuid not null default tenant(),
  case_id uuid not null,
  what text collate "C" not null, -- BREACH <kind> or STEP <policy> <level>
  begin_time timestamptz(3) not null, -- of the wait for a next response, which has a breach of its own; else 1970
  time timestamptz(3) not null, -- the due instant
  primary key (tenant_id, case_id, what, begin_time) -- each is said once
);
${secure("case_sla_told", "service_desk", { append: true })}

create table case_reckonings (
  tenant_id uuid not null default tenant() primary key, -- one pass through all open cases at a time
  pass_id uuid not null, -- another one where it begins anew
  after_case_id uuid not null, -- those up to here are done
  again bool not null -- once more, for cases that were being opened meanwhile
);
${secure("case_reckonings", "service_desk")}

create index cases_open on cases (tenant_id, case_id)
  where status in ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'ON_HOLD'); -- openCasesAfter
`);
  }
  async down(): Promise<void> {
    throw new Error("promises are not forgotten by a migration");
  }
}
