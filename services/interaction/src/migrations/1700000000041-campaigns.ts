import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which messages are a campaign's. */
export class Campaigns1700000000041 implements MigrationInterface {
  name = "Campaigns1700000000041";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table interactions add column campaign_message_id uuid, add column campaign_id uuid;
`);
  }
  async down(): Promise<void> {
    throw new Error("what was sent is not forgotten by a migration");
  }
}
