import { detectFormat } from "../src/format.ts";
import type { Limits } from "../src/limits.ts";
import { readRows } from "../src/rows.ts";
import type { FileFormat, FileRow } from "../src/types.ts";

export interface Table {
  readonly columns: readonly string[];
  readonly rows: FileRow[];
}

/** The whole of a small file, in pieces as a network brings them. */
export async function tableOf(
  file: string | Uint8Array,
  wish: Partial<FileFormat> = {},
  options: { name?: string; limits?: Partial<Limits>; chunk?: number } = {},
): Promise<Table> {
  const bytes = Buffer.from(file as Uint8Array);
  const format = detectFormat(bytes.subarray(0, 65_536), options.name ?? "file", wish);
  return readAll(chunks(bytes, options.chunk ?? 1000), format, options.limits);
}

export async function readAll(
  bytes: AsyncIterable<Uint8Array>,
  format: FileFormat,
  limits?: Partial<Limits>,
): Promise<Table> {
  let columns: readonly string[] = [];
  const rows: FileRow[] = [];
  for await (const batch of readRows(bytes, format, limits)) {
    columns = batch.columns;
    rows.push(...batch.rows);
  }
  return { columns, rows };
}

export async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Cells without line numbers, once it is sure that no row has a fault. */
export function cells(table: Table): string[][] {
  const bad = table.rows.find(({ fault }) => fault);
  if (bad) throw new Error(`line ${bad.number}: ${bad.fault?.message}`);
  return table.rows.map(({ values }) => [...values]);
}
