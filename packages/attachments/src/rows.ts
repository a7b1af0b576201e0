// What is known of the files of records. No aggregate that others hear of: the record's own events tell what happens to it.
import type { Attachment } from "@guanxi/contract/guanxi/attachments/v1/attachment";
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface AttachmentRow {
  readonly attachmentId: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: bigint;
  readonly sha256: string;
  readonly state: "ARRIVING" | "KEPT" | "REMOVED";
  readonly createdBy: string;
  readonly createTime: Date;
}

/** So that columns and schema are held against each other like those of any table. */
const attachments = table<AttachmentRow & { readonly version: number }, unknown>({
  entity: new EntitySchema<AttachmentRow & { readonly version: number }>({
    name: "attachment",
    tableName: "attachments",
    columns: {
      attachmentId: { name: "attachment_id", type: "uuid", primary: true },
      recordKind: { name: "record_kind", type: "text" },
      recordId: { name: "record_id", type: "uuid" },
      fileName: { name: "file_name", type: "text" },
      contentType: { name: "content_type", type: "text" },
      sizeBytes: { name: "size_bytes", type: "bigint" },
      sha256: { type: "text" },
      state: { type: "text" },
      createdBy: { name: "created_by", type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
    } as never, // a file never changes, so that it has no versions
  }),
});

export const present = (row: AttachmentRow): Attachment => ({
  attachmentId: row.attachmentId,
  recordKind: row.recordKind,
  recordId: row.recordId,
  fileName: row.fileName,
  contentType: row.contentType,
  sizeBytes: row.sizeBytes,
  sha256: row.sha256,
  createdBy: row.createdBy,
  createTime: row.createTime,
});

const KEPT = `${attachments.select} where attachment_id = $1 and state = 'KEPT'`;

export async function keptOne(at: At, attachmentId: string): Promise<AttachmentRow> {
  const [row] = await named<AttachmentRow>(at, {
    name: "attachments one",
    text: KEPT,
    values: [attachmentId],
  });
  if (!row) throw refuse("notFound", "NOT_FOUND", "There is no such file.");
  return row;
}

/** Those that are there, in no order. */
export const keptAmong = (at: At, attachmentIds: readonly string[]): Promise<AttachmentRow[]> =>
  named<AttachmentRow>(at, {
    name: "attachments among",
    text: `${attachments.select} where attachment_id = any($1::uuid[]) and state = 'KEPT'`,
    values: [attachmentIds],
  });

export const keptOf = (at: At, recordKind: string, recordId: string): Promise<AttachmentRow[]> =>
  named<AttachmentRow>(at, {
    name: "attachments of record",
    text: `${attachments.select} where record_kind = $1 and record_id = $2 and state = 'KEPT' order by attachment_id`,
    values: [recordKind, recordId],
  });

/** For the job that clears up: whether there is something to delete. One that is kept stays. */
export async function giveUp(at: At, attachmentId: string): Promise<boolean> {
  const rows = await named(at, {
    name: "attachments give up",
    text: "update attachments set state = 'REMOVED' where attachment_id = $1 and state <> 'KEPT' returning 1",
    values: [attachmentId],
  });
  return rows.length > 0;
}

/** Before the first byte is written, so that whatever fails on the way is found and cleared up. */
export function expect(at: At, row: AttachmentRow): void {
  at.tell({
    name: "attachments expect",
    text: `insert into attachments (attachment_id, record_kind, record_id, file_name, content_type, size_bytes, sha256, state,
        created_by, create_time)
      values ($1, $2, $3, $4, '', 0, '', 'ARRIVING', $5, $6)`,
    values: [row.attachmentId, row.recordKind, row.recordId, row.fileName, row.createdBy, row.createTime],
  });
}

export interface Arrived {
  readonly sizeBytes: bigint;
  readonly sha256: string;
  readonly contentType: string;
}

/** Kept from now on; the one that is there already where the record has the same file. */
export async function keep(at: At, row: AttachmentRow, arrived: Arrived): Promise<AttachmentRow> {
  await named(at, {
    name: "attachments hold record", // twins come one after the other
    text: "select pg_advisory_xact_lock(hashtextextended('attachments ' || tenant()::text || $1::text, 0))",
    values: [row.recordId],
  });
  const twins = await named<AttachmentRow>(at, {
    name: "attachments twin",
    text: `${attachments.select} where record_kind = $1 and record_id = $2 and file_name = $3 and sha256 = $4 and state = 'KEPT'`,
    values: [row.recordKind, row.recordId, row.fileName, arrived.sha256],
  });
  if (twins[0]) return twins[0];
  at.tell({
    name: "attachments keep",
    text: `with w as (
        update attachments set state = 'KEPT', size_bytes = $2, sha256 = $3, content_type = $4
        where attachment_id = $1 and state = 'ARRIVING' returning attachment_id)
      select refuse_stale(array(select $1::uuid except select attachment_id from w))`,
    values: [row.attachmentId, arrived.sizeBytes, arrived.sha256, arrived.contentType],
  });
  return { ...row, ...arrived, state: "KEPT" };
}

export function markRemoved(at: At, attachmentId: string): void {
  at.tell({
    name: "attachments remove",
    text: "update attachments set state = 'REMOVED' where attachment_id = $1 and state = 'KEPT'",
    values: [attachmentId],
  });
}

export function forget(at: At, attachmentId: string): void {
  at.tell({
    name: "attachments forget",
    text: "delete from attachments where attachment_id = $1 and state <> 'KEPT'",
    values: [attachmentId],
  });
}
