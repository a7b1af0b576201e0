/** Columns that the file of failed rows has besides those of the file that they come from. */
export const FAULT_COLUMNS = ["error_row", "error_reason", "error_message"] as const;

const RISKY = /^'*[=+\-@\t\r＝＋－＠]/;
const NEGATIVE = /^-\d{1,15}([.,]\d+)?$/;

/**
 * A spreadsheet takes a cell that begins so for a formula and runs it; an apostrophe makes it a text. A negative number is
 * harmless as it is, a telephone number is not: +49 30 1234 would become another one.
 */
export const guarded = (cell: string) => (RISKY.test(cell) && !NEGATIVE.test(cell) ? `'${cell}` : cell);

/** What was before it was guarded. */
export const unguarded = (cell: string) => (cell.startsWith("'") && RISKY.test(cell) ? cell.slice(1) : cell);

/** Whether a file is one that we wrote, mended and brought back: its cells are guarded. */
export const isOurs = (columns: readonly string[]) =>
  FAULT_COLUMNS.every((column) => columns.includes(column));
