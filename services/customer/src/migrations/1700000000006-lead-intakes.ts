import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** The answers to sales' tries to convert a lead. */
export class LeadIntakes1700000000006 implements MigrationInterface {
  name = "LeadIntakes1700000000006";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table lead_intakes (
  tenant_id uuid not null default tenant(),
  lead_intake_id uuid not null,
  lead_id uuid not null,
  state text collate "C" not null,
  customer_id uuid not null,
  contact_id uuid,
  refusal text not null,
  create_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, lead_intake_id)
);
${secure("lead_intakes", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("answers are not forgotten by a migration");
  }
}
