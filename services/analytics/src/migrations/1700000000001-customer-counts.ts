import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is counted of each customer, the counts, and up to where in the stream they reach. */
export class CustomerCounts1700000000001 implements MigrationInterface {
  name = "CustomerCounts1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table customer_facts (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  stage int not null,
  grade int not null,
  source int not null,
  day date not null,
  archived boolean not null,
  owner_id uuid,
  version int not null,
  primary key (tenant_id, customer_id)
);
${secure("customer_facts", "analytics")}

create table customer_counts (
  tenant_id uuid not null default tenant(),
  day date not null,
  stage int not null,
  grade int not null,
  source int not null,
  count int not null,
  primary key (tenant_id, day, stage, grade, source) -- QueryCustomerCounts reads a span of days
);
${secure("customer_counts", "analytics")}

create table customer_count_marks (
  tenant_id uuid not null default tenant() primary key,
  event_time timestamptz(3) not null,
  stream_sequence bigint not null
);
${secure("customer_count_marks", "analytics")}
`);
  }
  async down(): Promise<void> {
    throw new Error("the counts are made anew by rebuild, not by a migration");
  }
}
