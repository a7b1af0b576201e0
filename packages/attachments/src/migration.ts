import { secure } from "@guanxi/kit/ground";
import type { Migration } from "@guanxi/kit/migrate";
import { sharedMigration } from "@guanxi/kit/shared-migration";

/** The table of a service that keeps files. */
export const attachmentMigration = (service: string, stamp: number): Migration =>
  sharedMigration({
    title: "Attachments",
    stamp,
    sql: TABLE + secure("attachments", service),
    lost: "nobody would know whose the files are",
  });

const TABLE = `
create table attachments (
  tenant_id uuid not null default tenant(),
  attachment_id uuid not null,
  record_kind text collate "C" not null,
  record_id uuid not null,
  file_name text collate "C" not null,
  content_type text collate "C" not null,
  size_bytes bigint not null,
  sha256 text collate "C" not null,
  state text collate "C" not null, -- ARRIVING, KEPT or REMOVED
  created_by text collate "C" not null,
  create_time timestamptz(3) not null,
  primary key (tenant_id, attachment_id)
);
create index attachments_by_record on attachments (tenant_id, record_kind, record_id, attachment_id); -- ListAttachments
create unique index attachments_once on attachments (tenant_id, record_kind, record_id, file_name, sha256)
  where state = 'KEPT'; -- the same file again
`;
