import type { MigrationInterface, QueryRunner } from "typeorm";

/** Why a campaign is paused, for whoever looks at it: until now only the event said so. */
export class PauseReason1700000000014 implements MigrationInterface {
  name = "PauseReason1700000000014";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table campaigns add column pause_reason text collate "C" not null default ''`);
  }
  async down(): Promise<void> {
    throw new Error("what stood in the way of a campaign is not forgotten by a migration");
  }
}
