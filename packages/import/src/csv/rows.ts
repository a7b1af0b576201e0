import { FileFault } from "../fault.ts";
import { unpacked } from "../gunzip.ts";
import type { Limits } from "../limits.ts";
import { textOf } from "../text.ts";
import type { FileFormat, FileRow } from "../types.ts";
import { csvScanner } from "./scan.ts";

const SEPARATOR_LINE = /^sep=.$/i;

export async function* csvRows(
  bytes: AsyncIterable<Uint8Array>,
  format: FileFormat,
  limits: Limits,
): AsyncGenerator<FileRow[]> {
  const scanner = csvScanner(format, limits);
  function* scan(text: string, last: boolean) {
    const { rows, fault } = scanner.scan(text, last);
    yield withoutSeparatorLine(rows, format.delimiter);
    if (fault) throw fault;
  }
  try {
    for await (const text of textOf(unpacked(bytes, limits), format.encoding)) yield* scan(text, false);
    yield* scan("", true);
  } catch (error) {
    throw error instanceof FileFault ? withLine(error, scanner.line()) : error;
  }
}

/** Excel is told the delimiter by a first line of its own. */
const withoutSeparatorLine = (rows: FileRow[], delimiter: string) =>
  rows[0]?.number === 1 && SEPARATOR_LINE.test(rows[0].values.join(delimiter)) ? rows.slice(1) : rows;

/** A fault of the bytes knows no line: it is in the row that was being read. */
function withLine(fault: FileFault, line: number): FileFault {
  if (fault.where.line !== undefined) return fault;
  const message = `In the row at line ${line}: ${fault.message}`;
  return new FileFault(fault.reason, message, { ...fault.where, line });
}
