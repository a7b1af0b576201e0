import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** How customers became one, with what is needed to undo it: what the survivor was before, and what the merge made of it. */
export class Merges1700000000044 implements MigrationInterface {
  name = "Merges1700000000044";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table customer_merges (
  tenant_id uuid not null default tenant(),
  merge_id uuid not null,
  survivor_id uuid not null,
  survivor_version int not null,
  absorbed jsonb not null,
  picks jsonb not null,
  before jsonb not null, -- personal, as is merged: they go when the customer is erased
  merged jsonb not null,
  reason text not null,
  actor jsonb not null,
  create_time timestamptz(3) not null,
  undo_time timestamptz(3),
  undo_actor jsonb,
  undo_reason text not null,
  version int not null,
  primary key (tenant_id, merge_id)
);
create index customer_merges_in_force on customer_merges (tenant_id, survivor_id) where undo_time is null; -- UnmergeCustomers
create index customer_merges_by_create_time on customer_merges (tenant_id, create_time, merge_id); -- ListMerges
${secure("customer_merges", "customer")}

create table customer_merge_parts (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merge_id uuid not null,
  primary key (tenant_id, customer_id, merge_id) -- ListMerges
);
${secure("customer_merge_parts", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("merges are not forgotten by a migration: they could not be undone any more");
  }
}
