import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** The people at organisations. */
export class Contacts1700000000002 implements MigrationInterface {
  name = "Contacts1700000000002";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table contacts (
  tenant_id uuid not null default tenant(),
  contact_id uuid not null,
  display_name text collate "C" not null,
  contact_points jsonb not null,
  preferred_channels jsonb not null,
  consents jsonb not null,
  affiliations jsonb not null,
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, contact_id)
);
-- ListContacts in each of its orders
create index contacts_by_create_time on contacts (tenant_id, create_time, contact_id);
create index contacts_by_update_time on contacts (tenant_id, update_time, contact_id);
create index contacts_by_name on contacts (tenant_id, display_name, contact_id);
${secure("contacts", "customer")}

create table contact_affiliations (
  tenant_id uuid not null default tenant(),
  contact_id uuid not null,
  customer_id uuid not null,
  ended bool not null,
  foreign key (tenant_id, contact_id) references contacts on delete cascade,
  constraint contact_affiliations_customer_fkey foreign key (tenant_id, customer_id) references customers
);
create index contact_affiliations_of_contact on contact_affiliations (tenant_id, contact_id); -- record
create index contact_affiliations_by_customer on contact_affiliations (tenant_id, customer_id, ended, contact_id); -- ListContacts of a customer
${secure("contact_affiliations", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("contacts are not forgotten by a migration");
  }
}
