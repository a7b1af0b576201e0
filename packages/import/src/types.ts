import type { RowFault } from "./fault.ts";

export type Encoding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be";

/** What a file is: found out by `detectFormat`, or said by whoever brings it. */
export interface FileFormat {
  readonly kind: "csv" | "xlsx" | "vcard";
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Empty: quotes are ordinary characters. */
  readonly quote: string;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** Of a workbook; the first one that is not hidden if it is absent. */
  readonly sheet?: string;
}

export interface FileRow {
  /** Line of the file or the sheet where the row starts. Always rising; blank rows are skipped, so not dense. */
  readonly number: number;
  /** One for each column, unless `fault` says that their number is wrong. */
  readonly values: readonly string[];
  readonly fault: RowFault | undefined;
}

/**
 * Up to 1,000 rows. The first batch comes even if the file has no rows, for its columns. A value may keep the piece
 * of the file alive that it was cut from (64 KiB): copy what is kept for long.
 */
export interface RowBatch {
  /** Unique: a second "Email" is "Email#2", one without a name "column 3". The same array in every batch. */
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
}
