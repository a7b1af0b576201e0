import { secure } from "@guanxi/kit/ground";
import type { Migration } from "@guanxi/kit/migrate";
import { sharedMigration } from "@guanxi/kit/shared-migration";

/** The copies of customers and users, as a service has them that keeps no more of them. */
export const directoryMigration = (service: string, stamp: number): Migration =>
  sharedMigration({
    title: "Mirrors",
    stamp,
    sql: tables(service),
    lost: "the mirrors are made anew by rebuild, not by a migration",
  });

const tables = (service: string) => `
create table customers (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  owner_id uuid,
  grade int not null,
  version int not null,
  primary key (tenant_id, customer_id)
);
create index customers_by_name on customers (tenant_id, display_name); -- references of imports
create index customers_by_name_key on customers (tenant_id, name_key); -- what was meant by a name that nobody has
${secure("customers", service)}

create table customer_external_ids (
  tenant_id uuid not null default tenant(),
  system text collate "C" not null,
  external_id text collate "C" not null,
  customer_id uuid not null,
  primary key (tenant_id, system, external_id) -- references of imports
);
create index customer_external_ids_of_customer on customer_external_ids (tenant_id, customer_id); -- the projection
${secure("customer_external_ids", service)}

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
${secure("users", service)}
`;
