import { FAULT_COLUMNS, guarded } from "./guard.ts";
import type { RowFault } from "./fault.ts";

/** The first line of the file of failed rows, with the mark by which spreadsheets know UTF-8. */
export const failedRowsHead = (columns: readonly string[]) =>
  `\uFEFF${line([...columns.filter((column) => !isFaultColumn(column)), ...FAULT_COLUMNS])}`;

/**
 * A row as it came, and why it failed; brought back mended, it is read as if it had come so. `columns` are those of the
 * file: what a row has beyond them stays visible at its end.
 */
export function failedRowLine(
  columns: readonly string[],
  row: { readonly number: number; readonly values: readonly string[]; readonly fault: RowFault },
): string {
  const { number, fault } = row;
  const cells = columns.flatMap((column, index) => (isFaultColumn(column) ? [] : [row.values[index] ?? ""]));
  const more = row.values.slice(columns.length);
  return line([...cells, String(number), fault.reason, fault.message, ...more]);
}

const isFaultColumn = (column: string) => FAULT_COLUMNS.some((name) => name === column);

const line = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;

function cell(text: string): string {
  const safe = guarded(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
