import type { MigrationInterface, QueryRunner } from "typeorm";

/** Whom an opportunity is to be won against. */
export class Competitors1700000000042 implements MigrationInterface {
  name = "Competitors1700000000042";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table opportunities add column competitor_id uuid");
  }
  async down(): Promise<void> {
    throw new Error("what was lost to whom is not forgotten by a migration");
  }
}
