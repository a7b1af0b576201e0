export type FieldKind = "text" | "number" | "money" | "date" | "time" | "bool" | "enum" | "reference";

/** A field that a column may be mapped to. */
export interface FieldShape {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required?: boolean;
  /** Further names by which systems export it, in any language. */
  readonly headers: readonly string[];
  /** Takes several columns: "E-mail 1 - Value", "E-mail 2 - Value". */
  readonly repeated?: boolean;
  /** Of an enum, what it may be. */
  readonly values?: readonly string[];
  /** An action on the record that has a right of its own: whoever fills the field needs it besides create and update. */
  readonly action?: string;
}

interface ColumnMapping {
  readonly column: string;
  readonly field: string;
}

export interface GuessedMapping {
  readonly mapping: ColumnMapping[];
  readonly unmapped: string[];
}

/**
 * Which column is which field, by name alone: a header either is one of a field's names or it is listed as unmapped.
 * Each column is mapped at most once; a field that is not repeated takes the column that names it most exactly.
 */
export function guessMapping(columns: readonly string[], fields: readonly FieldShape[]): GuessedMapping {
  const names = namesOf(fields);
  const taken = new Map<string, string>();
  const used = new Set<string>();
  for (const reading of READINGS) {
    for (const column of columns) {
      const field = taken.has(column) ? undefined : names.get(reading(column));
      if (!field || (used.has(field.name) && !field.repeated)) continue;
      taken.set(column, field.name);
      used.add(field.name);
    }
  }
  return {
    mapping: columns.flatMap((column) => {
      const field = taken.get(column);
      return field === undefined ? [] : [{ column, field }];
    }),
    unmapped: columns.filter((column) => !taken.has(column)),
  };
}

/** A name as it is compared: full-width and half-width, upper and lower case, "E-mail" and "e_mail" are one. */
const plain = (name: string) =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

/** From the most exact to the least: as it stands; without "(CNY)"; without the number of "E-mail 2 Address". */
const READINGS = [
  plain,
  (column: string) => plain(column.normalize("NFKC").replaceAll(/\(.*?\)|\[.*?\]/gu, "")),
  (column: string) => plain(column.normalize("NFKC").replaceAll(/\(.*?\)|\[.*?\]|\d+/gu, "")),
];

function namesOf(fields: readonly FieldShape[]): Map<string, FieldShape> {
  const names = new Map<string, FieldShape>();
  for (const field of fields) {
    for (const name of [field.name, ...field.headers]) {
      const key = plain(name);
      // The first field that claims a name has it; a name of nothing but signs would take every column without one.
      if (key && !names.has(key)) names.set(key, field);
    }
  }
  return names;
}
