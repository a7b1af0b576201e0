import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** The people of the company, as identity tells of them: files name owners by name or e-mail address. */
export class Users1700000000007 implements MigrationInterface {
  name = "Users1700000000007";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table users (
  tenant_id uuid not null default tenant(),
  user_id uuid not null,
  display_name text collate "C" not null,
  name_key text collate "C" not null,
  email_key text collate "C",
  active bool not null,
  version int not null,
  primary key (tenant_id, user_id)
);
-- usersNamed
create index users_by_name on users (tenant_id, name_key);
create index users_by_email on users (tenant_id, email_key) where email_key is not null;
${secure("users", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("users are made anew by rebuild, not by a migration");
  }
}
