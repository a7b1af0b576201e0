import { FileFault, type RowFault } from "../fault.ts";
import type { Limits } from "../limits.ts";
import type { FileRow } from "../types.ts";

export interface Grammar {
  readonly delimiter: string;
  readonly quote: string;
}

/** The text at hand and how far it is read. */
interface Cursor {
  readonly text: string;
  /** Whether the file ends with this text. */
  readonly last: boolean;
  readonly delimiter: string;
  readonly quote: string;
  at: number;
  line: number;
  // Where the sign comes next, kept while it is ahead: each search then goes over the text once.
  lf: number;
  cr: number;
  nextDelimiter: number;
  nextQuote: number;
  /** The first cell of this row that goes on after its closing quote; 0 if none does. */
  cellBehind: number;
}

const NONE = Number.POSITIVE_INFINITY;
const LF = 10;

/**
 * Cuts text into rows of cells as RFC 4180 has it, and as programs write it: any of the three line ends, quotes doubled
 * within quotes, a quote inside a cell an ordinary character. What a piece leaves unfinished waits for the next.
 */
export function csvScanner(grammar: Grammar, limits: Limits) {
  let rest = "";
  let line = 1;
  return {
    /** The line at which the next row starts. */
    line: () => line,
    /** The rows that end in this piece; `fault` is what comes after them and ends the reading. */
    scan(piece: string, last: boolean): { rows: FileRow[]; fault: FileFault | undefined } {
      const cursor = cursorOn(rest + piece, last, grammar, line);
      const rows: FileRow[] = [];
      const fault = scanInto(rows, cursor, limits);
      rest = cursor.text.slice(cursor.at);
      line = cursor.line;
      return { rows, fault };
    },
  };
}

function scanInto(rows: FileRow[], cursor: Cursor, limits: Limits): FileFault | undefined {
  const { length } = cursor.text;
  try {
    pushRows(rows, cursor, limits);
    return length - cursor.at > limits.row ? rowTooLong(cursor, length, limits) : undefined;
  } catch (error) {
    if (error instanceof FileFault) return error;
    throw error;
  }
}

const cursorOn = (text: string, last: boolean, grammar: Grammar, line: number): Cursor => ({
  text,
  last,
  delimiter: grammar.delimiter,
  quote: grammar.quote,
  at: 0,
  line,
  lf: -1,
  cr: -1,
  nextDelimiter: -1,
  nextQuote: grammar.quote ? -1 : NONE,
  cellBehind: 0,
});

function pushRows(rows: FileRow[], cursor: Cursor, limits: Limits): void {
  const hasNul = cursor.text.includes("\0");
  while (cursor.at < cursor.text.length) {
    const { at: start, line } = cursor;
    const row = nextRow(cursor);
    if (!row) {
      cursor.at = start;
      return;
    }
    const size = cursor.at - start;
    if (size > limits.row) throw rowTooLong({ ...cursor, at: start, line }, cursor.at, limits);
    rows.push(hasNul || size > limits.cell ? checked(row, limits) : row);
  }
}

/** Undefined: its end is not in this text. */
function nextRow(cursor: Cursor): FileRow | undefined {
  const end = lineEnd(cursor);
  if (nextQuote(cursor) < end) return quotedRow(cursor, end);
  if (!isKnown(cursor, end)) return undefined;
  const { at, line } = cursor;
  endLine(cursor, end);
  return {
    number: line,
    values: cursor.text.slice(at, Math.min(end, cursor.text.length)).split(cursor.delimiter),
    fault: undefined,
  };
}

function quotedRow(cursor: Cursor, firstEnd: number): FileRow | undefined {
  const { at: start, line } = cursor;
  const values: string[] = [];
  cursor.cellBehind = 0;
  for (;;) {
    const value = anyCell(cursor, values.length + 1);
    if (value === undefined) return undefined;
    values.push(value);
    if (nextDelimiter(cursor) !== cursor.at) break;
    cursor.at += cursor.delimiter.length;
  }
  endRow(cursor, start, firstEnd);
  const { cellBehind } = cursor;
  return { number: line, values, fault: cellBehind > 0 ? textAfterQuote(cellBehind, line) : undefined };
}

/** Blanks behind a closing quote are none of the cell; other text there is a fault, and stays with the quote before it. */
function anyCell(cursor: Cursor, number: number): string | undefined {
  if (!cursor.text.startsWith(cursor.quote, cursor.at)) return plainCell(cursor);
  const value = quotedCell(cursor);
  const rest = value === undefined ? undefined : plainCell(cursor);
  if (value === undefined || rest === undefined) return undefined;
  if (rest.trim() === "") return value;
  cursor.cellBehind ||= number;
  return value + cursor.quote + rest;
}

function endRow(cursor: Cursor, start: number, firstEnd: number): void {
  if (firstEnd < cursor.at) cursor.line += lineEndsIn(cursor.text.slice(start, cursor.at));
  endLine(cursor, cursor.at);
}

/** What stands up to the next delimiter or line end. */
function plainCell(cursor: Cursor): string | undefined {
  const end = Math.min(nextDelimiter(cursor), lineEnd(cursor));
  if (!isKnown(cursor, end)) return undefined;
  const { at } = cursor;
  cursor.at = Math.min(end, cursor.text.length);
  return cursor.text.slice(at, cursor.at);
}

function quotedCell(cursor: Cursor): string | undefined {
  const { text, quote, last } = cursor;
  let value = "";
  let from = cursor.at + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0 && last) throw quoteOpen(cursor);
    // A quote at the end of the piece may be the first of two.
    if (close < 0 || (close + 1 === text.length && !last)) return undefined;
    value += text.slice(from, close);
    cursor.at = close + 1;
    if (!text.startsWith(quote, close + 1)) return value;
    value += quote;
    from = close + 2;
  }
}

const find = (text: string, sign: string, from: number) => {
  const at = text.indexOf(sign, from);
  return at < 0 ? NONE : at;
};

function lineEnd(cursor: Cursor): number {
  if (cursor.lf < cursor.at) cursor.lf = find(cursor.text, "\n", cursor.at);
  if (cursor.cr < cursor.at) cursor.cr = find(cursor.text, "\r", cursor.at);
  return Math.min(cursor.lf, cursor.cr);
}

function nextDelimiter(cursor: Cursor): number {
  if (cursor.nextDelimiter < cursor.at) {
    cursor.nextDelimiter = find(cursor.text, cursor.delimiter, cursor.at);
  }
  return cursor.nextDelimiter;
}

function nextQuote(cursor: Cursor): number {
  if (cursor.nextQuote < cursor.at) cursor.nextQuote = find(cursor.text, cursor.quote, cursor.at);
  return cursor.nextQuote;
}

/** A carriage return at the end of the piece may be half of a line end. */
const isKnown = (cursor: Cursor, end: number) =>
  cursor.last || (end < cursor.text.length && !(end + 1 === cursor.text.length && cursor.cr === end));

function endLine(cursor: Cursor, end: number): void {
  const isPair = cursor.cr === end && cursor.text.charCodeAt(end + 1) === LF;
  cursor.at = Math.min(end + (isPair ? 2 : 1), cursor.text.length);
  cursor.line++;
}

const lineEndsIn = (text: string) => text.match(/\r\n?|\n/g)?.length ?? 0;

function checked(row: FileRow, limits: Limits): FileRow {
  const nul = row.values.findIndex((value) => value.includes("\0"));
  const long = row.values.findIndex((value) => value.length > limits.cell);
  const fault = nul >= 0 ? nulIn(nul + 1) : long >= 0 ? cellTooLong(long + 1, limits.cell) : undefined;
  return { ...row, fault: row.fault ?? fault };
}

const nulIn = (cell: number): RowFault => ({
  reason: "NUL_CHARACTER",
  message: `Cell ${cell} of the row has a NUL character: take it out.`,
});

const cellTooLong = (cell: number, most: number): RowFault => ({
  reason: "CELL_TOO_LONG",
  message: `Cell ${cell} of the row has more than ${most} characters: shorten it.`,
});

const textAfterQuote = (cell: number, line: number): RowFault => ({
  reason: "TEXT_AFTER_QUOTE",
  message: `Cell ${cell} of the row at line ${line} goes on after its closing quote: double the quotes inside it.`,
});

const quoteOpen = (cursor: Cursor) =>
  new FileFault(
    "QUOTE_OPEN",
    `The row at line ${cursor.line} opens a quote that is never closed: close it, or double it if it is a character.`,
    { line: cursor.line },
  );

function rowTooLong({ text, at, quote, line }: Cursor, end: number, limits: Limits): FileFault {
  const row = text.slice(at, end);
  const isOpen = quote !== "" && row.includes(quote) && lineEndsIn(row) > 1;
  const advice = isOpen ? "look for a quote that is not closed" : "look for a line end that is missing";
  const message = `The row at line ${line} has more than ${limits.row} characters: ${advice}.`;
  return new FileFault("ROW_TOO_LONG", message, { line });
}
