import { secure } from "@guanxi/kit/ground";
import type { Migration } from "@guanxi/kit/migrate";
import { sharedMigration } from "@guanxi/kit/shared-migration";

/** Which customers have become another one, whose the records were that moved with them, and whose book is handed over. */
export const linksMigration = (service: string, stamp: number): Migration =>
  sharedMigration({
    title: "CustomerLinks",
    stamp,
    sql: tables(service),
    lost: "whose a record was is not forgotten by a migration",
  });

const tables = (service: string) => `
create table customer_links (
  tenant_id uuid not null default tenant(),
  customer_id uuid not null,
  merged_into_id uuid not null,
  primary key (tenant_id, customer_id)
);
create index customer_links_by_target on customer_links (tenant_id, merged_into_id);
${secure("customer_links", service)}

create table customer_moves (
  tenant_id uuid not null default tenant(),
  kind text collate "C" not null,
  record_id uuid not null,
  customer_id uuid not null,
  moved_to_id uuid not null,
  primary key (tenant_id, kind, record_id)
);
create index customer_moves_of_customer on customer_moves (tenant_id, customer_id, kind);
${secure("customer_moves", service)}

create table hand_overs (
  tenant_id uuid not null default tenant(),
  hand_over_id uuid not null,
  from_user_id uuid not null,
  to_user_ids jsonb not null,
  reason text collate "C" not null,
  stream_sequence bigint not null,
  primary key (tenant_id, hand_over_id)
);
${secure("hand_overs", service)}
`;
