import type { RowFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import { numberText, PLAIN_STYLE } from "./number.ts";
import { unescaped } from "./texts.ts";
import type { Workbook } from "./workbook.ts";

export interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  /** What stands in <v>, or in the <t> of a text of its own. */
  text: string;
  hasFormula: boolean;
  hasValue: boolean;
}

/** What a cell shows, as text; of a formula what it was when it was saved. The fault's message goes on after its name. */
export function cellText(cell: Cell, book: Workbook, limits: Limits): { text: string; fault?: RowFault } {
  if (cell.hasFormula && !cell.hasValue) return { text: "", fault: NOT_CALCULATED };
  const text = plainText(cell, book);
  if (text === undefined) return { text: "", fault: NO_SUCH_TEXT };
  const most = limits.sheetCell;
  return text.length > most ? { text: text.slice(0, most).toWellFormed(), fault: tooLong(most) } : { text };
}

function plainText({ type, text, style }: Cell, book: Workbook): string | undefined {
  switch (type) {
    case "s":
      return text === "" ? "" : book.texts.at(Number(text));
    case "n":
      return numberText(text, book.styles[style] ?? PLAIN_STYLE, book.from1904);
    case "b":
      return text === "1" ? "TRUE" : "FALSE";
    default:
      return unescaped(text);
  }
}

const NOT_CALCULATED: RowFault = {
  reason: "FORMULA_WITHOUT_VALUE",
  message: "has a formula that was never calculated: open the workbook and save it.",
};

const NO_SUCH_TEXT: RowFault = {
  reason: "TEXT_MISSING",
  message: "refers to a text that the workbook does not have: save the workbook anew.",
};

const tooLong = (most: number): RowFault => ({
  reason: "CELL_TOO_LONG",
  message: `has more than ${most} characters: shorten it.`,
});

/** Of "C5" 2. */
export function columnOf(name: string): number {
  let column = 0;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** As a spreadsheet names it: of column 2 and row 5 "C5". */
export function cellName(column: number, row: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row}`;
}
