import { secure } from "@guanxi/kit/ground";
import { readAgain } from "@guanxi/kit/read-again";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What figures are called, and who belongs where: copies of what other services tell. */
export class Names1700000000013 implements MigrationInterface {
  name = "Names1700000000013";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  team_id uuid, -- the main one
  version int not null,
  primary key (tenant_id, user_id)
);
${secure("users", "analytics")}

create table teams (
  tenant_id uuid not null default tenant(),
  team_id uuid not null,
  display_name text collate "C" not null,
  parent_team_id uuid,
  manager_id uuid,
  version int not null,
  primary key (tenant_id, team_id)
);
${secure("teams", "analytics")}

create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text collate "C" not null,
  version int not null,
  primary key (tenant_id, product_id)
);
${secure("products", "analytics")}

create table pipelines (
  tenant_id uuid not null default tenant(),
  pipeline_id uuid not null,
  display_name text collate "C" not null,
  is_default bool not null,
  stages jsonb not null, -- in the order of the way
  version int not null,
  primary key (tenant_id, pipeline_id)
);
${secure("pipelines", "analytics")}

alter table customer_facts add column display_name text collate "C" not null default '';
alter table customer_facts add column region_code text collate "C" not null default '';
alter table customer_facts alter column display_name drop default, alter column region_code drop default;
${readAgain("analytics-customer-projection-customers")}
`);
  }
  async down(): Promise<void> {
    throw new Error("the copies are made anew by rebuild, not by a migration");
  }
}
