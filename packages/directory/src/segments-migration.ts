import { secure } from "@guanxi/kit/ground";
import type { Migration } from "@guanxi/kit/migrate";
import { sharedMigration } from "@guanxi/kit/shared-migration";

/** The copies of segments, of a service that treats customers by them. */
export const segmentsMigration = (service: string, stamp: number): Migration =>
  sharedMigration({
    title: "Segments",
    stamp,
    sql: tables(service),
    lost: "the mirrors are made anew by rebuild, not by a migration",
  });

const tables = (service: string) => `
create table segments (
  tenant_id uuid not null default tenant(),
  segment_id uuid not null,
  rank int,
  channel text collate "C",
  service_priority text collate "C",
  version int not null,
  primary key (tenant_id, segment_id)
);
${secure("segments", service)}

create table segment_members (
  tenant_id uuid not null default tenant(),
  membership_id uuid not null,
  segment_id uuid not null,
  customer_id uuid not null,
  member bool not null,
  version int not null,
  primary key (tenant_id, membership_id)
);
create index segment_members_of_customer on segment_members (tenant_id, customer_id) where member;
${secure("segment_members", service)}
`;
