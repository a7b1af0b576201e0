// The file on its way in, and the refused rows on their way out.
import { createHash, type Hash } from "node:crypto";
import type { HttpBody } from "@guanxi/contract/google/api/httpbody";
import { enqueue } from "@guanxi/bus/enqueue";
import type {
  DownloadFailuresRequest,
  Import,
  UploadImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import type { At } from "@guanxi/kit/at";
import { download, type FileCall, upload } from "@guanxi/kit/handler";
import { get, lock, named } from "@guanxi/kit/store";
import { v7 } from "uuid";
import type { RowFault } from "../fault.ts";
import { LIMITS } from "../limits.ts";
import { failedRowLine, failedRowsHead } from "../write.ts";
import { CHUNK_BYTES, countChunks, readChunks, writeChunks } from "./chunks.ts";
import { requireUnbegun } from "./commands.ts";
import { imports, saved } from "./imports.ts";
import { inspect } from "./inspect.ts";
import { FORGET } from "./jobs.ts";
import type { Kind } from "./kind.ts";
import { withColumns } from "./mapping-rules.ts";
import * as refusals from "./refusals.ts";
import type { ImportState } from "./state.ts";

/** After an upload, so long is the file kept. */
const LIFE_MS = 7 * 86_400_000;
const AT_ONCE = 4;
const HOUR_MS = 3_600_000;

export const uploadImport = (kinds: ReadonlyMap<string, Kind>) =>
  upload<UploadImportRequest, Import>(async (messages, call) => {
    const received = await receive(messages, call);
    const { importId, uploadId } = received;
    const { fileName, wish } = await call.query((at) => get(at, imports, importId));
    const inspected = await inspect(() => readChunks(uploadId, call.query), fileName, wish);
    return call.command(async (at) => {
      const before = await lock(at, imports, importId);
      requireUnbegun(before);
      if ((await countChunks(at, uploadId)) !== received.chunks) throw refusals.uploadLost();
      const fields = await kinds.get(before.kind)!.fields(at);
      const expires = new Date(at.now.getTime() + LIFE_MS);
      enqueue(at, FORGET, importId); // what an earlier upload has left; then again when this one expires
      return saved(at, {
        ...withColumns(before, inspected, fields),
        state: "UPLOADED",
        uploadId,
        sizeBytes: BigInt(received.size),
        sha256: received.hash.digest("hex"),
        fileExpireTime: expires,
      });
    });
  });

interface Received {
  importId: string;
  readonly uploadId: string;
  readonly hash: Hash;
  size: number;
  chunks: number;
}

/** A megabyte at a time, each in a transaction of its own; the sender waits meanwhile. */
async function receive(messages: AsyncIterable<UploadImportRequest>, call: FileCall): Promise<Received> {
  const received: Received = { importId: "", uploadId: v7(), hash: createHash("sha256"), size: 0, chunks: 0 };
  let held: Buffer[] = [];
  let heldBytes = 0;
  const flush = async () => {
    const chunks = chunksOf(Buffer.concat(held));
    await call.command(async (at) => writeChunks(at, received, received.chunks, chunks));
    received.chunks += chunks.length;
    [held, heldBytes] = [[], 0];
  };
  for await (const { importId, file } of messages) {
    if (!received.importId) {
      received.importId = importId;
      await call.command((at) => begin(at, importId));
    }
    const data = file?.data ?? Buffer.alloc(0);
    received.hash.update(data);
    received.size += data.length;
    if (received.size > LIMITS.fileBytes) throw refusals.tooLarge(LIMITS.fileBytes);
    held.push(data);
    heldBytes += data.length;
    if (heldBytes >= AT_ONCE * CHUNK_BYTES) await flush();
  }
  if (heldBytes > 0) await flush();
  return received;
}

/** What comes of it if it is never finished is deleted in an hour. */
async function begin(at: At, importId: string): Promise<void> {
  requireUnbegun(await lock(at, imports, importId));
  enqueue(at, FORGET, importId, new Date(at.now.getTime() + HOUR_MS));
}

const chunksOf = (bytes: Buffer) =>
  Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, index) =>
    bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES),
  );

const PAGE = 1_000;
/** Before the first. */
export const START = [0n, 0n] as const;

export interface FailedRow {
  readonly row: bigint;
  readonly id: bigint;
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
}

export const downloadFailures = (kinds: ReadonlyMap<string, Kind>) =>
  download<DownloadFailuresRequest, HttpBody>(async function* ({ importId }, { query }) {
    const state = await query((at) => get(at, imports, importId));
    const kind = kinds.get(state.kind)!;
    yield piece(failedRowsHead(state.columns));
    for (let after: readonly bigint[] = START; ; ) {
      const rows = await query((at) => failuresAfter(at, kind, state, after, PAGE));
      if (rows.length === 0) return;
      yield piece(rows.map((row) => lineOf(state.columns, row)).join(""));
      const { row, id } = rows.at(-1)!;
      after = [row, id];
    }
  });

const piece = (text: string): HttpBody => ({
  contentType: "text/csv; charset=utf-8",
  data: Buffer.from(text),
  extensions: [],
});

/** What a row looks like, those learn who may read personal fields, whoever has run the import. */
export async function failuresAfter(
  at: At,
  { resource }: Pick<Kind, "resource">,
  { importId, run }: Pick<ImportState, "importId" | "run">,
  after: readonly bigint[],
  limit: number,
): Promise<FailedRow[]> {
  const rows = await named<FailedRow>(at, {
    name: "import_failures page",
    text: `select row, failure_id as id, cells, faults from import_failures
      where import_id = $1 and run = $2 and (row, failure_id) > ($3::bigint, $4::bigint)
      order by row, failure_id limit $5`,
    values: [importId, run, ...after, limit],
  });
  if (at.may(resource, "read_personal")) return rows;
  const silent = ({ recordId: _id, matchedFields: _fields, ...fault }: RowFault) => fault;
  return rows.map((row) => ({ ...row, faults: row.faults.map(silent) }));
}

function lineOf(columns: readonly string[], { row, cells, faults }: FailedRow): string {
  const fault = { reason: faults[0]!.reason, message: faults.map(sentence).join(" ") };
  return failedRowLine(columns, { number: Number(row), values: cells, fault });
}

function sentence({ column, message, recordId, matchedFields = [] }: RowFault): string {
  const whom = recordId ? ` See ${recordId}: ${matchedFields.join(", ")}.` : "";
  return `${column ? `${column}: ` : ""}${message}${whom}`;
}
