import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** How customers and their contacts may be reached, and who is behind an address. */
export class Reach1700000000002 implements MigrationInterface {
  name = "Reach1700000000002";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table customer_reaches (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  points jsonb not null,
  preferred_channels jsonb not null,
  contact_hours jsonb not null,
  consents jsonb not null,
  version int not null,
  primary key (tenant_id, customer_id)
);
${secure("customer_reaches", "interaction")}

create table contacts (
  tenant_id uuid not null default tenant(),
  contact_id uuid not null,
  display_name text collate "C" not null,
  customer_ids jsonb not null, -- where the person works now
  points jsonb not null,
  preferred_channels jsonb not null,
  consents jsonb not null,
  version int not null,
  primary key (tenant_id, contact_id)
);
${secure("contacts", "interaction")}

-- Whose address it is: of a customer, or of a contact, once for each customer where the person works.
create table party_addresses (
  tenant_id uuid not null default tenant(),
  owner_id uuid not null, -- the customer or the contact that has it
  kind text collate "C" not null,
  key text collate "C" not null,
  customer_id uuid,
  contact_id uuid
);
create index party_addresses_by_key on party_addresses (tenant_id, kind, key); -- who writes
create index party_addresses_of_customer on party_addresses (tenant_id, customer_id, kind) where customer_id is not null; -- GetContactSummary
create index party_addresses_of_owner on party_addresses (tenant_id, owner_id); -- the projections
${secure("party_addresses", "interaction")}
`);
  }
  async down(): Promise<void> {
    throw new Error("the mirrors are made anew by rebuild, not by a migration");
  }
}
