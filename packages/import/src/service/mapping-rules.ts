import type { ColumnMapping } from "@guanxi/contract/guanxi/imports/v1/import";
import { type FieldShape, guessMapping } from "../mapping.ts";
import { badMapping } from "./refusals.ts";
import type { ImportState } from "./state.ts";

/** Columns are known once the file is here. */
export function requireMapping(
  mapping: readonly ColumnMapping[],
  fields: readonly FieldShape[],
  columns: readonly string[] | undefined,
): void {
  const known = new Map(fields.map((field) => [field.name, field]));
  const used = new Set<string>();
  const violations = mapping.flatMap(({ column, field: name }, index) => {
    const field = known.get(name);
    const isTwice = used.has(name) && !field?.repeated;
    used.add(name);
    return [
      ...(field ? [] : [{ field: `mapping[${index}].field`, description: `is no field: ${name}` }]),
      ...(field && isTwice
        ? [{ field: `mapping[${index}].field`, description: `has two columns: ${name}` }]
        : []),
      ...(columns && !columns.includes(column)
        ? [{ field: `mapping[${index}].column`, description: `is no column of the file: ${column}` }]
        : []),
    ];
  });
  if (violations.length > 0) throw badMapping(violations.slice(0, 50));
}

/** With the columns as they are now: what was guessed is guessed anew. */
export function withColumns(
  state: ImportState,
  { format, columns }: { format: ImportState["format"]; columns: readonly string[] },
  fields: readonly FieldShape[],
): ImportState {
  const found = { ...state, format, columns, manners: null };
  if (state.isGuessed) return { ...found, mapping: guessMapping(columns, fields).mapping };
  requireMapping(state.mapping, fields, columns);
  return found;
}
