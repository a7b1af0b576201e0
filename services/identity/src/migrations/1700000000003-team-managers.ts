import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who leads a team. */
export class TeamManagers1700000000003 implements MigrationInterface {
  name = "TeamManagers1700000000003";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table teams add column manager_id uuid,
  add constraint teams_manager_fkey foreign key (tenant_id, manager_id) references users (tenant_id, user_id);
create index teams_by_manager on teams (tenant_id, manager_id) where manager_id is not null; -- the check of teams_manager_fkey
`);
  }
  async down(): Promise<void> {
    throw new Error("managers are not forgotten by a migration");
  }
}
