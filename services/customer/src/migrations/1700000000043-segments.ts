import { secure } from "@guanxi/kit/ground";
import type { MigrationInterface, QueryRunner } from "typeorm";

/** Sets of customers by a condition, and who is in them. */
export class Segments1700000000043 implements MigrationInterface {
  name = "Segments1700000000043";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(segments + memberships);
  }
  async down(): Promise<void> {
    throw new Error("segments and their members are not forgotten by a migration");
  }
}

const segments = `
create table segments (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  name text collate "C" not null,
  description text not null,
  condition text not null,
  policy jsonb,
  study_id uuid,
  state text collate "C" not null,
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, segment_id)
);
create unique index segments_name on segments (tenant_id, name) where state <> 'ARCHIVED';
-- ListSegments in each of its orders
create index segments_by_name on segments (tenant_id, name, segment_id);
create index segments_by_create_time on segments (tenant_id, create_time, segment_id);
create index segments_by_update_time on segments (tenant_id, update_time, segment_id);
${secure("segments", "customer")}

-- How far the members of a segment have been looked for; there is a row as long as it is being built.
create table segment_builds (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  after_customer_id uuid,
  primary key (tenant_id, segment_id)
);
${secure("segment_builds", "customer")}
`;

const memberships = `
create table segment_memberships (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member bool not null,
  since_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, membership_id)
);
create unique index segment_memberships_of_customer on segment_memberships (tenant_id, customer_id, segment_id); -- checks
create index segment_memberships_of_segment on segment_memberships (tenant_id, segment_id, customer_id) where member; -- ListSegmentMembers, audiences
${secure("segment_memberships", "customer")}
`;
