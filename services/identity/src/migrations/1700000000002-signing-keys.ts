import type { MigrationInterface, QueryRunner } from "typeorm";

/** The keys of the installation, which belong to no tenant. */
export class SigningKeys1700000000002 implements MigrationInterface {
  name = "SigningKeys1700000000002";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table signing_keys (
  generation int primary key,
  key_id text collate "C" not null,
  private_jwk jsonb not null,
  public_jwk jsonb not null,
  create_time timestamptz(3) not null
);
alter table signing_keys enable row level security, force row level security;
create policy keys on signing_keys to identity_app using (true) with check (true);
grant select, insert, delete on signing_keys to identity_app;
`);
  }
  async down(): Promise<void> {
    throw new Error("without its keys identity can sign nothing");
  }
}
