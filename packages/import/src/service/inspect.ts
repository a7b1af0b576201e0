import { refuse } from "@guanxi/kit/refuse";
import { FileFault, type Where } from "../fault.ts";
import { detectFormat } from "../format.ts";
import { readRows } from "../rows.ts";
import type { FileFormat } from "../types.ts";
import type { FileSource } from "./chunks.ts";
import type { Wish } from "./state.ts";

const HEAD_BYTES = 64 * 1024;

export interface Inspected {
  readonly format: FileFormat;
  readonly columns: readonly string[];
}

/** What the file is and which columns it has. `open` gives it from its beginning. */
export async function inspect(open: () => FileSource, fileName: string, wish: Wish): Promise<Inspected> {
  const { dateOrder: _order, decimal: _decimal, ...said } = wish;
  try {
    const format = detectFormat(await headOf(open()), fileName, said);
    for await (const { columns } of readRows(open().bytes, format)) return { format, columns };
    throw new FileFault("FILE_EMPTY", "The file has no rows.");
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw refuse("invalid", "FILE_REFUSED", sentenceOf(error), [
      { field: "file", description: error.message, reason: error.reason },
    ]);
  }
}

async function headOf({ bytes }: FileSource): Promise<Uint8Array> {
  for await (const piece of bytes) return piece.subarray(0, HEAD_BYTES);
  return new Uint8Array();
}

/** Where in the file, and what is wrong there. */
export const sentenceOf = ({ where, message }: FileFault) =>
  [placeOf(where), message].filter(Boolean).join(": ");

const placeOf = ({ sheet, cell, line, column, byte }: Where) =>
  [
    sheet === undefined ? "" : `sheet ${sheet}`,
    cell === undefined ? "" : `cell ${cell}`,
    line === undefined ? "" : `line ${line}`,
    column === undefined ? "" : `column ${column}`,
    byte === undefined ? "" : `byte ${byte}`,
  ]
    .filter(Boolean)
    .join(", ");
