import { csvRows } from "./csv/rows.ts";
import { FileFault, type RowFault } from "./fault.ts";
import { isOurs, unguarded } from "./guard.ts";
import { columnNames } from "./header.ts";
import { LIMITS, type Limits } from "./limits.ts";
import type { FileFormat, FileRow, RowBatch } from "./types.ts";
import { cardRows } from "./vcard/rows.ts";
import { sheetRows } from "./xlsx/sheet.ts";

const BATCH = 1000;
const WEIGHT = 8 * 1024 * 1024; // characters and cells of a batch: a thousand rows may be a gigabyte

type Reader = (
  bytes: AsyncIterable<Uint8Array>,
  format: FileFormat,
  limits: Limits,
) => AsyncIterable<FileRow[]>;

const READERS: Record<FileFormat["kind"], Reader> = { csv: csvRows, xlsx: sheetRows, vcard: cardRows };

/**
 * The rows of a file, in memory that does not grow with it. A fault of one row comes with the row; one of the file is
 * thrown as a FileFault, after the rows before it.
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  format: FileFormat,
  limits: Partial<Limits> = {},
): AsyncGenerator<RowBatch> {
  const all = { ...LIMITS, ...limits };
  const table = tableOf(format, all);
  try {
    for await (const rows of READERS[format.kind](bytes, format, all)) yield* table.take(rows);
  } catch (error) {
    yield* table.rest();
    throw error;
  }
  yield* table.rest();
  if (!table.isBegun()) throw new FileFault("FILE_EMPTY", "The file has no rows.");
}

/** Rows by the columns that the first of them has, in batches. */
function tableOf(format: FileFormat, limits: Limits) {
  let columns: readonly string[] | undefined;
  let fit: (row: FileRow) => FileRow;
  let held: FileRow[] = [];
  let weight = 0;
  let isTold = false;
  function* tell(): Generator<RowBatch> {
    if (columns) yield { columns, rows: held };
    isTold = true;
    held = [];
    weight = 0;
  }
  function hold(row: FileRow): void {
    const fitting = fit(row);
    held.push(fitting);
    weight += weightOf(fitting);
  }
  function begin(row: FileRow): void {
    if (row.values.length > limits.columns) throw tooManyColumns(row, limits);
    if (format.header && row.fault) throw badHeader(row.number, row.fault);
    const names = columnNames(format.header ? row.values : row.values.map(() => ""));
    columns = names;
    const inPlace = format.kind === "csv" ? fitted : padded;
    fit = isOurs(names) ? (row) => inPlace(withoutGuards(row), names) : (row) => inPlace(row, names);
    if (!format.header) hold(row);
  }
  return {
    isBegun: () => columns !== undefined,
    *take(rows: readonly FileRow[]): Generator<RowBatch> {
      for (const row of rows) {
        if (isBlank(row)) continue;
        if (columns) hold(row);
        else begin(row);
        if (held.length === BATCH || weight > WEIGHT) yield* tell();
      }
    },
    *rest(): Generator<RowBatch> {
      if (held.length > 0 || !isTold) yield* tell();
    },
  };
}

function weightOf({ values }: FileRow): number {
  let weight = values.length;
  for (const value of values) weight += value.length;
  return weight;
}

const isBlank = ({ values, fault }: FileRow) =>
  fault === undefined && values.every((value) => value === "" || value.trim() === "");

const withoutGuards = (row: FileRow): FileRow => ({ ...row, values: row.values.map(unguarded) });

/** Cells beyond the last column are no loss where they are empty: programs end lines with a delimiter. */
function fitted(row: FileRow, columns: readonly string[]): FileRow {
  const { values } = row;
  if (values.length === columns.length || row.fault) return row;
  const isLonger = values.length > columns.length;
  if (isLonger && values.slice(columns.length).every((value) => value === "")) {
    return { ...row, values: values.slice(0, columns.length) };
  }
  return { ...row, fault: wrongNumberOfCells(values.length, columns.length) };
}

/** A sheet leaves out the empty cells at the end of a row. */
function padded(row: FileRow, columns: readonly string[]): FileRow {
  const missing = columns.length - row.values.length;
  return missing > 0 ? { ...row, values: [...row.values, ...Array<string>(missing).fill("")] } : row;
}

const wrongNumberOfCells = (cells: number, columns: number): RowFault => ({
  reason: "WRONG_NUMBER_OF_CELLS",
  message: `The row has ${cells} cells and the file ${columns} columns: look for a delimiter too many or too few.`,
});

const tooManyColumns = ({ number, values }: FileRow, limits: Limits) =>
  new FileFault(
    "TOO_MANY_COLUMNS",
    `Line ${number} has ${values.length} columns, more than ${limits.columns}: leave out what is not needed.`,
    { line: number },
  );

const badHeader = (line: number, { reason, message }: RowFault) =>
  new FileFault(reason, `The names of the columns, at line ${line}, cannot be read. ${message}`, { line });
