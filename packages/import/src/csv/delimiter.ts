import { LIMITS } from "../limits.ts";
import type { FileRow } from "../types.ts";
import { csvScanner } from "./scan.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;
const ROWS = 200;

/** By which the first rows have most often the same number of cells, and the first row that number too. */
export function bestDelimiter(text: string, quote: string): string {
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(firstRows(text, delimiter, quote));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The rows at the beginning of a file; the last one, whose end may be missing, only where there is no other. */
export function firstRows(text: string, delimiter: string, quote: string): FileRow[] {
  const rows = (last: boolean) => csvScanner({ delimiter, quote }, LIMITS).scan(text, last).rows;
  const whole = rows(false);
  return (whole.length > 0 ? whole : rows(true)).slice(0, ROWS);
}

function scoreOf(rows: readonly FileRow[]): number {
  const counts = new Map<number, number>();
  for (const { values, fault } of rows) {
    if (values.length > 1 && !fault) counts.set(values.length, (counts.get(values.length) ?? 0) + 1);
  }
  const [cells, often] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [0, 0];
  const share = often / rows.length;
  // Among those that divide every row alike, the one after which no blank comes, then the one that divides more.
  const blanks =
    rows.filter(({ values }) => values.some((value) => value.startsWith(" "))).length / rows.length;
  return (rows[0]?.values.length === cells ? 2 : 1) * share - blanks / 10 + cells / 1e6;
}

/** What a first line of "sep=;" says, which Excel obeys. */
export const separatorLine = (text: string) => /^sep=(.)\r?\n/i.exec(text)?.[1];
