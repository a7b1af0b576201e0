import {
  FileFormat as FormatMessage,
  type Import,
  Import_State,
  FileFormat_Kind,
} from "@guanxi/contract/guanxi/imports/v1/import";
import type { ColumnMapping, Replacement } from "@guanxi/contract/guanxi/imports/v1/import";
import type { Principal } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { etagOf } from "@guanxi/kit/etag";
import { actorOf } from "@guanxi/kit/event";
import type { FileFormat } from "../types.ts";
import type { Manner } from "../values.ts";

export type Stand =
  | "CREATED"
  | "UPLOADED"
  | "RUNNING"
  | "COMPLETED"
  | "COMPLETED_WITH_ERRORS"
  | "FAILED"
  | "CANCELLED"
  | "UNDOING"
  | "UNDONE";

/** What whoever brings the file says of it; what is left out is found out. */
export interface Wish extends Partial<Pick<FileFormat, "kind" | "encoding" | "delimiter" | "sheet">> {
  readonly dateOrder?: "dmy" | "mdy" | "ymd";
  readonly decimal?: "." | ",";
}

export interface ImportState extends State, Counts {
  readonly importId: string;
  readonly kind: string;
  readonly sourceSystem: string;
  readonly fileName: string;
  readonly wish: Wish;
  readonly format: FileFormat | null;
  /** By column, where its cells as a whole show how it writes days and numbers; null until they were looked at. */
  readonly manners: Readonly<Record<string, Manner>> | null;
  readonly mapping: readonly ColumnMapping[];
  readonly isGuessed: boolean;
  readonly columns: readonly string[];
  readonly replacements: readonly Replacement[];
  readonly dryRun: boolean;
  readonly afterSequence: bigint;
  readonly state: Stand;
  readonly uploadId: string | null;
  readonly sizeBytes: bigint;
  readonly sha256: string;
  readonly run: number;
  readonly runDry: boolean;
  readonly cursor: bigint;
  readonly readBytes: bigint;
  readonly removedRecords: bigint;
  readonly restoredRecords: bigint;
  readonly keptRecords: bigint;
  readonly lastSequence: bigint;
  readonly error: string;
  readonly creator: Principal;
  readonly initiator: Principal;
  readonly createTime: Date;
  readonly startTime: Date | null;
  readonly endTime: Date | null;
  readonly fileExpireTime: Date | null;
}

/** Of rows and records, as the contract counts them. */
export interface Counts {
  readonly readRows: bigint;
  readonly createdRows: bigint;
  readonly updatedRows: bigint;
  readonly unchangedRows: bigint;
  readonly failedRows: bigint;
  readonly createdRecords: bigint;
  readonly updatedRecords: bigint;
  readonly similarRows: bigint;
}

export const NOTHING_COUNTED: Counts = {
  readRows: 0n,
  createdRows: 0n,
  updatedRows: 0n,
  unchangedRows: 0n,
  failedRows: 0n,
  createdRecords: 0n,
  updatedRecords: 0n,
  similarRows: 0n,
};

export function present(it: ImportState): Import {
  const mapped = new Set(it.mapping.map(({ column }) => column));
  return {
    importId: it.importId,
    kind: it.kind,
    sourceSystem: it.sourceSystem,
    fileName: it.fileName,
    format: formatMessage(it.format ? { ...it.wish, ...it.format } : it.wish),
    mapping: [...it.mapping],
    unmappedColumns: it.columns.filter((column) => !mapped.has(column)),
    replacements: [...it.replacements],
    dryRun: it.dryRun,
    afterSequence: it.afterSequence,
    state: Import_State[it.state],
    sizeBytes: it.sizeBytes,
    readBytes: it.readBytes,
    sha256: it.sha256,
    // Code of 0.4 does not know the column, and so leaves it as a dry run has made it.
    counts: { ...countsOf(it), similarRows: it.runDry ? it.similarRows : 0n },
    undoCounts: {
      removedRecords: it.removedRecords,
      restoredRecords: it.restoredRecords,
      keptRecords: it.keptRecords,
    },
    lastSequence: it.lastSequence,
    error: it.error,
    creator: actorOf(it.creator),
    createTime: it.createTime,
    startTime: it.startTime ?? undefined,
    endTime: it.endTime ?? undefined,
    fileExpireTime: it.fileExpireTime ?? undefined,
    etag: etagOf(it),
  };
}

export const countsOf = (it: Counts): Counts => ({
  readRows: it.readRows,
  createdRows: it.createdRows,
  updatedRows: it.updatedRows,
  unchangedRows: it.unchangedRows,
  failedRows: it.failedRows,
  createdRecords: it.createdRecords,
  updatedRecords: it.updatedRecords,
  similarRows: it.similarRows,
});

const DECIMALS = { ".": "point", ",": "comma" } as const;

function formatMessage(it: Wish): FormatMessage {
  const isCsv = !it.kind || it.kind === "csv";
  return {
    kind: it.kind ? KINDS[it.kind] : FileFormat_Kind.UNSPECIFIED,
    encoding: it.kind === "xlsx" ? "" : (it.encoding ?? ""),
    delimiter: isCsv ? (it.delimiter ?? "") : "",
    sheet: it.sheet ?? "",
    dateOrder: it.dateOrder ?? "",
    decimal: it.decimal ? DECIMALS[it.decimal] : "",
  };
}

const KINDS = { csv: FileFormat_Kind.CSV, xlsx: FileFormat_Kind.XLSX, vcard: FileFormat_Kind.VCARD } as const;

/** The message has been held against the contract's patterns. */
export function wishOf(message: FormatMessage | undefined): Wish {
  const { kind, encoding, delimiter, sheet, dateOrder, decimal } = message ?? FormatMessage.fromPartial({});
  const said = (Object.keys(KINDS) as FileFormat["kind"][]).find((each) => KINDS[each] === kind);
  return {
    ...(said && { kind: said }),
    ...(encoding && { encoding: encoding as FileFormat["encoding"] }),
    ...(delimiter && { delimiter }),
    ...(sheet && { sheet }),
    ...(dateOrder && { dateOrder: dateOrder as "dmy" }),
    ...(decimal && { decimal: decimal === "point" ? ("." as const) : ("," as const) }),
  };
}
