// How what a projection keeps follows from the states of its source, so that the one can be held against the other.
import type { Meta } from "@guanxi/contract/guanxi/event/v1/event";
import type { Column, State } from "@guanxi/kit/columns";
import type { Table } from "@guanxi/kit/table";

/** What a reckoning needs besides the state. */
export interface Reckoning {
  readonly timeZone: string;
}

/** The rows that a table keeps of one aggregate. */
export interface HeldRows<M> {
  readonly table: string;
  readonly columns: readonly Pick<Column, "name" | "field">[];
  /** The column with the aggregate's id; by an index, for it is read in the order of the ids. */
  readonly of: string;
  readonly rowsOf: (state: M, meta: Meta, at: Reckoning) => readonly object[];
}

/** Sums that a projection keeps of its own rows. */
export interface HeldSums {
  readonly table: string;
  readonly keys: readonly string[];
  readonly sums: readonly string[];
  /** Makes all columns anew, under their names. */
  readonly anew: string;
}

/** All that is kept of one kind of aggregate; of the first table there is a row with a version for each. */
export interface Held {
  readonly aggregateType: string;
  readonly rows: readonly HeldRows<Uint8Array>[];
  readonly sums: readonly HeldSums[];
}

export const rowsIn = <M, S extends State>(
  { name, columns, id }: Table<S>,
  rowsOf: HeldRows<M>["rowsOf"],
  of = id.name,
): HeldRows<M> => ({ table: name, columns, of, rowsOf });
