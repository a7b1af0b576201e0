/**
 * What a person may name in an expression. The catalogue is the only allow-list: identifiers in SQL come from
 * here and from nowhere else, and a field that is not in it does not exist.
 */
export interface Catalogue<State = never> {
  readonly table: Table;
  readonly fields: ReadonlyMap<string, Field<State>>;
}

/** The table's id column, which the side table has under the same name, and the side table. */
export interface Table {
  readonly id: string;
  readonly side: string;
}

/** Decimals are stored as millionths, ids as uuid; tags are any number of texts, such as tags, roles or e-mail addresses. */
export type FieldType = "id" | "text" | "enum" | "int" | "decimal" | "bool" | "time" | "date" | "tags";

export interface Field<State = never> {
  /** As in the API: the name of the proto field, or custom.<key>. */
  readonly name: string;
  readonly type: FieldType;
  /** A column of the table, or a kind in its side table. Tags always have a kind. */
  readonly stored: { readonly column: string } | { readonly kind: string };
  /** The column that a list is sorted by, where the field's own may be null. */
  readonly order?: string;
  /** The value in the state object; undefined and null mean absent. */
  readonly read: (state: State) => unknown;
  /** The names of an enum; of tags where only these may be looked for. */
  readonly values?: readonly string[];
  readonly personal?: boolean;
  readonly sensitive?: boolean;
}

export function catalogue<State>(table: Table, fields: readonly Field<State>[]): Catalogue<State> {
  return { table, fields: new Map(fields.map((field) => [field.name, field])) };
}

export interface Rights {
  readonly personal: boolean;
  readonly sensitive: boolean;
}

const views = new WeakMap<object, Map<string, object>>();

/**
 * Filtering by a hidden salary would reveal it, so what a person may not read does not exist for them. The same
 * rights get the same object, since compiled filters are kept for each catalogue.
 */
export function visible<State>(all: Catalogue<State>, rights: Rights): Catalogue<State> {
  const key = `${rights.personal} ${rights.sensitive}`;
  const known = views.get(all) ?? new Map<string, object>();
  views.set(all, known);
  const view = (known.get(key) as Catalogue<State> | undefined) ?? withoutHidden(all, rights);
  known.set(key, view);
  return view;
}

function withoutHidden<State>(all: Catalogue<State>, { personal, sensitive }: Rights): Catalogue<State> {
  const shown = [...all.fields.values()].filter(
    (field) => (personal || !field.personal) && (sensitive || !field.sensitive),
  );
  return shown.length === all.fields.size ? all : catalogue(all.table, shown);
}

/** A field that a tenant has defined. */
export interface CustomField {
  readonly key: string;
  readonly type: FieldType;
  readonly values?: readonly string[];
  readonly personal?: boolean;
  readonly sensitive?: boolean;
}

/** A key is a CEL identifier: `custom.a-b` would be a subtraction. */
const CUSTOM_KEY = /^[a-z][a-z0-9_]{0,39}$/;

/** Keep the answer for as long as the definitions stand: each new object compiles its filters anew. */
export function withCustomFields<State extends { custom: Record<string, unknown> }>(
  base: Catalogue<State>,
  definitions: readonly CustomField[],
): Catalogue<State> {
  const custom = definitions.map(({ key, ...rest }): Field<State> => {
    if (!CUSTOM_KEY.test(key))
      throw new Error(`the key ${JSON.stringify(key)} cannot be written in an expression`);
    const name = `custom.${key}`;
    return { ...rest, name, stored: { kind: name }, read: (state) => state.custom[key] };
  });
  return catalogue(base.table, [...base.fields.values(), ...custom]);
}
