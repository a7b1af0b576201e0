import type { Limits } from "../limits.ts";
import type { FileFormat, FileRow } from "../types.ts";
import { sheetBuilder } from "./sheet-builder.ts";
import { openWorkbook, type Workbook } from "./workbook.ts";
import { xmlReader } from "../xml.ts";
import { openParts, type Parts, partName } from "./zip.ts";

const SLICE = 8 * 1024; // of XML, after which rows are handed on: one of them may have 16,384 cells

/** Rows end with their last cell that is not empty. */
export async function* sheetRows(
  bytes: AsyncIterable<Uint8Array>,
  format: FileFormat,
  limits: Limits,
): AsyncGenerator<FileRow[]> {
  const parts = await openParts(bytes, limits);
  try {
    yield* rowsOf(parts, await openWorkbook(parts, format.sheet, limits), limits);
  } finally {
    await parts.close();
  }
}

async function* rowsOf(parts: Parts, book: Workbook, limits: Limits): AsyncGenerator<FileRow[]> {
  const rows = sheetBuilder(book, limits);
  const reader = xmlReader(partName(book.part), rows);
  for await (const piece of parts.text(book.part)) {
    for (let at = 0; at < piece.length; at += SLICE) {
      reader.write(piece.slice(at, at + SLICE));
      yield rows.taken();
    }
  }
  reader.end();
  yield rows.taken();
}
