import { FileFault, type RowFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import type { FileRow } from "../types.ts";
import { type Cell, cellName, cellText, columnOf } from "./cell.ts";
import type { Workbook } from "./workbook.ts";
import type { XmlHandlers } from "../xml.ts";

interface SheetBuilder extends XmlHandlers {
  /** Rows that have ended since it was last asked. */
  taken(): FileRow[];
}

/** The row that is being read. */
interface Row {
  number: number;
  values: string[];
  size: number;
  fault: RowFault | undefined;
}

/** Makes rows of what happens in the XML of a sheet. Its first row that has anything says how many columns there are. */
export function sheetBuilder(book: Workbook, limits: Limits): SheetBuilder {
  let ready: FileRow[] = [];
  let row: Row = { number: 0, values: [], size: 0, fault: undefined };
  let next = 0;
  let width = limits.columns;
  let cell: Cell | undefined;
  let inText = false;

  function openRow(attributes: Readonly<Record<string, string>>): void {
    const number = Number(attributes["r"] ?? row.number + 1);
    if (!(number > row.number)) throw broken(book, `row ${row.number}`);
    if (number > limits.sheetRows) throw tooManyRows(book, limits);
    row = { number, values: [], size: 0, fault: undefined };
    next = 0;
  }
  function openCell({ r, t = "n", s = "0" }: Readonly<Record<string, string>>): void {
    const column = r === undefined ? next : columnOf(r);
    if (!(column >= next)) throw broken(book, cellName(next, row.number));
    if (column >= limits.columns) throw tooManyColumns(book, column, row, limits);
    cell = { column, type: t, style: Number(s), text: "", hasFormula: false, hasValue: false };
    next = column + 1;
  }
  function closeCell(read: Cell): void {
    const { text, fault } = cellText(read, book, limits);
    if (fault)
      row.fault ??= { ...fault, message: `Cell ${cellName(read.column, row.number)} ${fault.message}` };
    if (text === "") return;
    if (read.column >= width) row.fault ??= beyond(read.column, row.number, width);
    else put(read.column, text);
  }
  function put(column: number, text: string): void {
    row.size += text.length;
    if (row.size > limits.row) throw rowTooLong(book, row, limits);
    while (row.values.length < column) row.values.push("");
    row.values.push(text);
  }
  function closeRow(): void {
    if (row.values.length === 0 && !row.fault) return;
    if (width === limits.columns) width = Math.max(row.values.length, 1);
    ready.push({ number: row.number, values: row.values, fault: row.fault });
  }
  return {
    open(name, attributes) {
      if (name === "c") openCell(attributes);
      else if (name === "row") openRow(attributes);
      else if (cell) inText = opensText(cell, name) || inText;
    },
    text(more) {
      if (cell && inText) cell.text += more;
    },
    close(name) {
      if (name === "v" || name === "t") inText = false;
      else if (name === "row") closeRow();
      if (name !== "c" || !cell) return;
      closeCell(cell);
      cell = undefined;
    },
    taken() {
      const rows = ready;
      ready = [];
      return rows;
    },
  };
}

/** Whether the text of the cell comes now. */
function opensText(cell: Cell, name: string): boolean {
  if (name === "f") cell.hasFormula = true;
  if (name === "v") cell.hasValue = true;
  return name === "v" || name === "t";
}

const broken = ({ name }: Workbook, place: string) =>
  new FileFault(
    "WORKBOOK_BROKEN",
    `Sheet "${name}" has its cells in no order after ${place}: save it anew.`,
    {
      sheet: name,
    },
  );

const tooManyRows = ({ name }: Workbook, limits: Limits) =>
  new FileFault("TOO_MANY_ROWS", `Sheet "${name}" has more than ${limits.sheetRows} rows: divide it.`, {
    sheet: name,
    line: limits.sheetRows + 1,
  });

const tooManyColumns = ({ name }: Workbook, column: number, row: Row, limits: Limits) =>
  new FileFault(
    "TOO_MANY_COLUMNS",
    `Sheet "${name}" has more than ${limits.columns} columns: leave some out.`,
    {
      sheet: name,
      line: row.number,
      cell: cellName(column, row.number),
    },
  );

const rowTooLong = ({ name }: Workbook, { number }: Row, limits: Limits) =>
  new FileFault("ROW_TOO_LONG", `Row ${number} of sheet "${name}" has more than ${limits.row} characters.`, {
    sheet: name,
    line: number,
  });

const beyond = (column: number, row: number, width: number): RowFault => ({
  reason: "WRONG_NUMBER_OF_CELLS",
  message: `Cell ${cellName(column, row)} stands beyond the ${width} columns of the sheet: give it a header, or empty it.`,
});
