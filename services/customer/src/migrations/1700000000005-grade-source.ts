import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Who gave the grade, and what the value model last found. The source stays empty for grades given before: those a person
 * gave.
 */
export class GradeSource1700000000005 implements MigrationInterface {
  name = "GradeSource1700000000005";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table customers add column grade_source text collate "C";
create table model_grades (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  grade text collate "C" not null,
  version int not null,
  primary key (tenant_id, customer_id)
);
${secure("model_grades", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("who gave a grade is not forgotten by a migration");
  }
}
