import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What other systems call contacts. */
export class ContactExternalIds1700000000008 implements MigrationInterface {
  name = "ContactExternalIds1700000000008";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table contacts add column external_ids jsonb not null default '[]';
create table contact_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  contact_id uuid not null,
  constraint contact_external_ids_pkey primary key (tenant_id, system, external_id) -- imports
);
create index contact_external_ids_of_contact on contact_external_ids (tenant_id, contact_id); -- record
${secure("contact_external_ids", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("ids are not forgotten by a migration");
  }
}
