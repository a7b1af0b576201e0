// A figure or its rows as a file that spreadsheets open: UTF-8 with the mark by which Excel knows it, RFC 4180.
export type Cell = string | number | undefined;

const MARK = "\uFEFF";

export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `${MARK}${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

function field(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that a spreadsheet would run as a formula is led in by an apostrophe, which makes it a text there. */
const harmless = (text: string): string => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text);
