import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Leads, and what other systems call them. */
export class Leads1700000000012 implements MigrationInterface {
  name = "Leads1700000000012";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(leads + keys);
  }
  async down(): Promise<void> {
    throw new Error("leads are not forgotten by a migration");
  }
}

const leads = `
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
  first_touch_time timestamptz(3) not null,
  interest text not null,
  status text collate "C" not null,
  status_since_time timestamptz(3) not null,
  owner_id uuid,
  qualification jsonb not null,
  disqualify_reason text collate "C",
  disqualify_note text not null,
  conversion jsonb,
  external_ids jsonb not null,
  create_date date not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, lead_id)
);
-- ListLeads in each of its orders
create index leads_by_create_time on leads (tenant_id, create_time, lead_id);
create index leads_by_update_time on leads (tenant_id, update_time, lead_id);
create index leads_by_organisation on leads (tenant_id, organisation_name, lead_id);
-- conditions of ListLeads that leave few rows
create index leads_by_status on leads (tenant_id, status, create_date);
create index leads_by_owner on leads (tenant_id, owner_id, status) where owner_id is not null;
create index leads_by_create_date on leads (tenant_id, create_date);
create index leads_by_person on leads (tenant_id, person_name) where person_name is not null;
create index leads_by_email on leads (tenant_id, email) where email is not null;
create index leads_by_phone on leads (tenant_id, phone) where phone is not null;
${secure("leads", "sales")}
`;

// Beside the lead only record writes, in the lead's own transaction: a foreign key would ask for what is known.
const keys = `
create table lead_keys (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  lead_id uuid not null,
  constraint lead_keys_pkey primary key (tenant_id, system, external_id) -- leadsByExternalId
);
create index lead_keys_of_lead on lead_keys (tenant_id, lead_id); -- record
${secure("lead_keys", "sales")}
`;
