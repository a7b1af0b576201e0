import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What sales needs to know of the customers and users of other services. */
export class Mirrors1700000000001 implements MigrationInterface {
  name = "Mirrors1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  owner_id uuid,
  grade int not null,
  region_code text collate "C" not null,
  version int not null,
  primary key (tenant_id, customer_id)
);
create index customers_by_name on customers (tenant_id, display_name); -- references of imports
create index customers_by_name_key on customers (tenant_id, name_key); -- what was meant by a name that nobody has
${secure("customers", "sales")}

create table customer_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  customer_id uuid not null,
  primary key (tenant_id, system, external_id) -- references of imports
);
create index customer_external_ids_of_customer on customer_external_ids (tenant_id, customer_id); -- the projection
${secure("customer_external_ids", "sales")}

create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  email text collate "C" not null,
  active bool not null,
  version int not null,
  primary key (tenant_id, user_id)
);
create index users_by_name on users (tenant_id, display_name); -- references of imports
create index users_by_name_key on users (tenant_id, name_key); -- what was meant by a name that nobody has
create index users_by_email on users (tenant_id, email); -- references of imports
${secure("users", "sales")}
`);
  }
  async down(): Promise<void> {
    throw new Error("the mirrors are made anew by rebuild, not by a migration");
  }
}
