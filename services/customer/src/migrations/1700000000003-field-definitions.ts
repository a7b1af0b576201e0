import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** The fields that a tenant adds to its customers. */
export class FieldDefinitions1700000000003 implements MigrationInterface {
  name = "FieldDefinitions1700000000003";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table field_definitions (
  tenant_id uuid not null default tenant(),
  field_definition_id uuid not null,
  key text collate "C" not null,
  type text collate "C" not null,
  labels jsonb not null,
  required bool not null,
  is_unique bool not null,
  filterable bool not null,
  personal bool not null,
  options jsonb not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, field_definition_id),
  constraint field_definitions_key unique (tenant_id, key)
);
create index field_definitions_by_key on field_definitions (tenant_id, key, field_definition_id); -- ListFieldDefinitions
create index field_definitions_by_create_time on field_definitions (tenant_id, create_time, field_definition_id); -- by create_time
${secure("field_definitions", "customer")}
`);
  }
  async down(): Promise<void> {
    throw new Error("definitions are not forgotten by a migration");
  }
}
