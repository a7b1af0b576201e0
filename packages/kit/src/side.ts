import type { Principal } from "./at.ts";
import type { Statement } from "./flush.ts";
import { arraysOf, type State, wire } from "./columns.ts";

export type SideRow = Readonly<Record<string, unknown>>;

/** What happened, for rows that are only ever added. */
export interface Happening<S> {
  readonly before: S | undefined;
  readonly after: S;
  readonly now: Date;
  readonly principal: Principal;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * A narrow table (tenant_id, <id of the aggregate>, columns) beside the state: tags, keys, search words, history. `record`
 * keeps it. Its values are what row-level security lets an index find: uuid, text, bigint, bool, date, timestamptz.
 */
export type Side<S> =
  | { readonly name: string; readonly columns: SideColumns; readonly rows: (state: S) => SideRow[] }
  | { readonly name: string; readonly columns: SideColumns; readonly added: (it: Happening<S>) => SideRow[] };

type SideColumns = Readonly<Record<string, string>>;

/** Rows that always follow from the state: what no longer follows is removed. */
export const side = <S>(name: string, columns: SideColumns, rows: (state: S) => SideRow[]): Side<S> => ({
  name,
  columns,
  rows,
});

/** Rows that stay: a history. */
export const history = <S>(
  name: string,
  columns: SideColumns,
  added: (it: Happening<S>) => SideRow[],
): Side<S> => ({ name, columns, added });

export interface SideStatements<S extends State> {
  statements(changes: readonly Change<S>[]): Statement[];
}

interface Change<S> extends Omit<Happening<S>, "after"> {
  readonly id: string;
  /** Undefined once it is gone: its rows go with it, its history stays. */
  readonly after: S | undefined;
}

export function sideStatements<S extends State>(side: Side<S>, idColumn: string): SideStatements<S> {
  const columns = [{ name: idColumn, type: "uuid" }, ...named(side.columns)];
  const names = columns.map(({ name }) => name).join(", ");
  const from = `${arraysOf(columns)} as i (${names})`;
  const same = columns.map(({ name, type }) =>
    // A comparison by "is not distinct from" uses no index, so the id is compared plainly.
    name === idColumn ? `s.${name} = i.${name}` : `s.${name} is not distinct from i.${name}::${type}`,
  );
  const insert = `insert into ${side.name} (${names}) select ${names} from ${from}`;
  const remove = `delete from ${side.name} s using ${from} where ${same.join(" and ")}`;

  const statement = (verb: string, text: string, rows: IdRow[]): Statement[] => {
    const values = columns.map(({ name, type }) => rows.map((row) => wire(type, row[name])));
    return rows.length === 0 ? [] : [{ name: `${side.name} ${verb}`, text, values, rows: true }];
  };
  const withId = (id: string, row: SideRow): IdRow => ({ ...row, [idColumn]: id });

  return {
    statements(changes) {
      if ("added" in side) {
        const rows = changes.flatMap(({ id, after, ...it }) =>
          after ? side.added({ ...it, after }).map((row) => withId(id, row)) : [],
        );
        return statement("insert", insert, rows);
      }
      const gone: IdRow[] = [];
      const come: IdRow[] = [];
      const byKey = (rows: readonly SideRow[]) => new Map(rows.map((row) => [keyOf(side.columns, row), row]));
      for (const { id, before, after } of changes) {
        const old = byKey(before ? side.rows(before) : []);
        const now = byKey(after ? side.rows(after) : []);
        gone.push(...without(old, now).map((row) => withId(id, row)));
        come.push(...without(now, old).map((row) => withId(id, row)));
      }
      return [...statement("delete", remove, gone), ...statement("insert", insert, come)];
    },
  };
}

type IdRow = Record<string, unknown>;

const named = (columns: SideColumns) => Object.entries(columns).map(([name, type]) => ({ name, type }));

/** A row as a text: comparing forty search words each with each would cost more than the insert. */
const keyOf = (columns: SideColumns, row: SideRow): string =>
  Object.entries(columns)
    .map(([name, type]) => wire(type, row[name]))
    .map((value) => (value === null ? "" : `=${String(value)}`))
    .join("\0");
const without = (rows: Map<string, SideRow>, others: Map<string, SideRow>) =>
  [...rows].filter(([key]) => !others.has(key)).map(([, row]) => row);
