import type { TypedRow } from "./kind.ts";
import { rowFault } from "./planned.ts";
import type { Lookup } from "./references.ts";
import { textIn } from "./row-values.ts";

/** Whom or what a cell means; an empty one means nothing, and that is valid. */
export function referred(row: TypedRow, field: string, lookup: Lookup): string | null {
  const cell = textIn(row, field);
  return cell === "" ? null : idOf(field, cell, lookup);
}

export function idOf(field: string, cell: string, lookup: Lookup): string {
  const meant = lookup(cell);
  if ("id" in meant) return meant.id;
  throw rowFault(field, meant.fault.reason, meant.fault.message);
}
