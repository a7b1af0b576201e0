import { readPage, type Row } from "../list/rows.ts";
import type { CustomersSearch } from "../search.ts";

/** Everybody whom the filter finds, page behind page; stops with the signal, and has then those found by then. */
export async function gather(
  search: CustomersSearch,
  signal: AbortSignal,
  onRows: (rows: readonly Row[]) => void,
): Promise<void> {
  let token = "";
  do {
    // One page needs the token of the one before.
    const { rows, next } = await readPage(search, token, signal);
    onRows(rows);
    token = next;
  } while (token !== "" && !signal.aborted);
}
