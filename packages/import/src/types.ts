import type { RowFault } from "./fault.ts";

export type Encoding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be" | "windows-1252";

/** What a file is: found out by `detectFormat`, or said by whoever brings it. */
export interface FileFormat {
  readonly kind: "csv" | "xlsx" | "vcard";
  /** Windows-1252 is never found, only said: its text is valid GB18030 too often. */
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Empty: quotes are ordinary characters. */
  readonly quote: string;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** Of an XLSX file; the first one that is not hidden if it is absent. */
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
 * of the file alive that it was cut from: copy what is kept for long.
 */
export interface RowBatch {
  /** Unique: a second "Email" is "Email (2)", one without a name "Column 3". The same array in every batch. */
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
}

/** Characters, except where bytes are said. */
export interface Limits {
  readonly fileBytes: number;
  readonly unpackedBytes: number;
  /** Unpacked to packed, looked at beyond `ratioFromBytes` unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  readonly row: number;
  readonly cell: number;
  readonly columns: number;
  /** Of an XLSX sheet, as the format has it. */
  readonly sheetRows: number;
  readonly sheetCell: number;
  /** Bytes of all texts that the sheets of a workbook share, which alone are held in memory. */
  readonly sharedTextBytes: number;
}

export type FieldKind = "text" | "number" | "money" | "date" | "time" | "bool" | "enum" | "reference";

/** A field that a column may be mapped to. */
export interface FieldShape {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required?: boolean;
  /** Further names by which systems export it, in any language. */
  readonly headers: readonly string[];
  /** Takes several columns: "E-mail 1 - Value", "E-mail 2 - Value". */
  readonly repeated?: boolean;
  /** Of an enum: its values, each with further words for it. */
  readonly options?: readonly { readonly value: string; readonly words: readonly string[] }[];
}

export interface ColumnMapping {
  readonly column: string;
  readonly field: string;
}

/** How a column writes its values: said by the mapping, or seen in the column as a whole by `watchColumn`. */
export interface Manner {
  /** Of 03/04/2016. 2016-04-03, 2016/4/3, 3.4.2016 and 2016年4月3日 need none. */
  readonly dateOrder?: "mdy" | "dmy";
  readonly decimal?: "." | ",";
  /** IANA zone of times that come without one. */
  readonly timeZone?: string;
  /** ISO 4217; a sign or a code of another currency is refused. */
  readonly currencyCode?: string;
}

export interface MoneyValue {
  readonly micros: bigint;
  /** What the cell or the manner says. */
  readonly currencyCode: string | undefined;
}

/**
 * By kind: text, reference and enum a string; number a plain decimal such as "-1234.5"; money MoneyValue;
 * date "2016-10-20"; time a Date; bool a boolean. Undefined where the cell is blank.
 */
export type CellValue = string | boolean | Date | MoneyValue | undefined;

// format.ts   detectFormat(head: Uint8Array, fileName: string, wish?: Partial<FileFormat>): FileFormat
// rows.ts     readRows(bytes: AsyncIterable<Uint8Array>, format: FileFormat, limits?: Partial<Limits>): AsyncGenerator<RowBatch>
// mapping.ts  guessMapping(columns: readonly string[], fields: readonly FieldShape[]): { mapping: ColumnMapping[]; unmapped: string[] }
// values.ts   cellValue(text: string, field: FieldShape, manner: Manner): { value: CellValue } | { fault: RowFault }
//             watchColumn(kind: FieldKind): { see(text: string): void; manner(): Manner }
// write.ts    failedRowsHead(columns: readonly string[]): string   failedRowLine(row: { values, number, fault: RowFault }): string
