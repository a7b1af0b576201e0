// The files of an area's records, from the upload to the end, for the kinds of records that it names.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import type { HttpBody } from "@guanxi/contract/google/api/httpbody";
import type {
  Attachment,
  DownloadAttachmentRequest,
  GetAttachmentRequest,
  ListAttachmentsRequest,
  ListAttachmentsResponse,
  RemoveAttachmentRequest,
  RemoveAttachmentResponse,
  UploadAttachmentRequest,
} from "@guanxi/contract/guanxi/attachments/v1/attachment";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { command, download, query, upload } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { get } from "@guanxi/kit/store";
import type { Table } from "@guanxi/kit/table";
import { type FileSettings, fileStoreOf } from "./file-store.ts";
import type { FileStore } from "./port.ts";
import { forget, giveUp, keptOf, keptOne, markRemoved, present } from "./rows.ts";
import { CLEAR_UP, keyOf, storeFile } from "./store-file.ts";

/** Records that may have files, and the resource whose rights count for them. */
export interface RecordKind {
  readonly name: string;
  readonly resource: string;
  /** Refuses a record that is not there. */
  require(at: At, id: string): Promise<unknown>;
}

export const recordKind = <S extends State>(name: string, records: Table<S>): RecordKind => ({
  name,
  resource: name,
  require: (at, id) => get(at, records, id),
});

type Action = "read" | "update" | "read_personal";

/** The record's permission is the file's; what is in a file, and what files there are, tells who people are. */
export function accessTo(kinds: readonly RecordKind[]) {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));

  async function requireRecord(at: At, { recordKind, recordId }: Place, action: Action) {
    const kind = byName.get(recordKind);
    if (!kind) throw unknownKind([...byName.keys()]);
    await kind.require(at, recordId);
    const needed = action === "read_personal" ? (["read", action] as const) : [action];
    for (const each of needed)
      if (!at.may(kind.resource, each))
        throw refuse("forbidden", "PERMISSION_DENIED", `You may not ${each} the record that the file is of.`);
  }

  /** Refuses a file that is not there, or whose record the person may not read or change. */
  async function reachable(at: At, attachmentId: string, action: Action) {
    const row = await keptOne(at, attachmentId);
    await requireRecord(at, row, action);
    return row;
  }

  return { requireRecord, reachable };
}

/** The handlers suit every area's AttachmentService; `clearUpJob` belongs to the app, and `attachmentMigration` to its migrations. */
export function attachmentService(kinds: readonly RecordKind[], settings: FileSettings) {
  const files = fileStoreOf(settings);
  const { requireRecord, reachable } = accessTo(kinds);

  return {
    getAttachment: query<GetAttachmentRequest, Attachment>(async ({ attachmentId }, at) =>
      present(await reachable(at, attachmentId, "read")),
    ),
    listAttachments: query<ListAttachmentsRequest, ListAttachmentsResponse>(async (request, at) => {
      await requireRecord(at, request, "read_personal");
      return { attachments: (await keptOf(at, request.recordKind, request.recordId)).map(present) };
    }),
    uploadAttachment: upload<UploadAttachmentRequest, Attachment>(async (messages, call) => {
      const { first, pieces } = await opened(messages);
      const belonging = { ...first, createdBy: call.principal.id };
      const ready = (at: At) => requireRecord(at, first, "update");
      return present(await storeFile(required(files), call.command, belonging, pieces, ready));
    }),
    downloadAttachment: download<DownloadAttachmentRequest, HttpBody>(async function* (request, call) {
      const row = await call.query((at) => reachable(at, request.attachmentId, "read_personal"));
      for await (const data of required(files).read(keyOf(call.tenantId, row.attachmentId)))
        yield { contentType: row.contentType, data: Buffer.from(data), extensions: [] };
    }),
    removeAttachment: command<RemoveAttachmentRequest, RemoveAttachmentResponse>(
      async ({ attachmentId }, at) => {
        await reachable(at, attachmentId, "update");
        markRemoved(at, attachmentId);
        enqueue(at, CLEAR_UP, attachmentId);
        return {};
      },
    ),
  };
}

type Place = Pick<UploadAttachmentRequest, "recordKind" | "recordId">;

/** What was removed, or never came to its end: the word first, then the file, then the row, so that a repetition ends it. */
export const clearUpJob: Job = {
  name: CLEAR_UP,
  async run({ tenantId, subjectId }, context) {
    const { timeZone, currencyCode } = await context.settingsOf(tenantId);
    const as = { tenantId, actor: "clear-up-attachment", timeZone, currencyCode };
    if (!(await context.act(as, (at) => giveUp(at, subjectId)))) return;
    // A job knows its context without the shape of its service, whose settings these are.
    const files = fileStoreOf(context.settings as unknown as FileSettings);
    await required(files).remove(keyOf(tenantId, subjectId));
    await context.act(as, async (at) => forget(at, subjectId));
  },
};

function required(files: FileStore | undefined): FileStore {
  if (files) return files;
  throw refuse("precondition", "FILES_NOT_SET_UP", "This installation keeps no files: set FILES_URL.");
}

const unknownKind = (names: readonly string[]) =>
  refuse("invalid", "UNKNOWN_RECORD_KIND", "Such records have no files here.", [
    { field: "record_kind", description: `is none of ${names.join(", ")}`, reason: "UNKNOWN_RECORD_KIND" },
  ]);

/** The first message says what it is about; the bytes may begin in it. */
async function opened(messages: AsyncIterable<UploadAttachmentRequest>) {
  const iterator = messages[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  if (done)
    throw refuse("invalid", "INVALID_REQUEST", "There is nothing to keep: the first message is missing.");
  const { recordKind, recordId, fileName, file } = value;
  async function* pieces() {
    if (file?.data.length) yield file.data;
    for (;;) {
      const next = await iterator.next();
      if (next.done) return;
      if (next.value.file?.data.length) yield next.value.file.data;
    }
  }
  return { first: { recordKind, recordId, fileName }, pieces: pieces() };
}
