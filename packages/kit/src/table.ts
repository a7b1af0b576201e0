import type { EntitySchema } from "typeorm";
import type { At } from "./at.ts";
import type { Codec } from "./codec.ts";
import { arraysOf, type Column, type State } from "./columns.ts";
import { type Side, sideStatements, type SideStatements } from "./side.ts";

/** An aggregate's place: its columns, how the public sees it, what is kept beside it. */
export interface TableOptions<S extends State, M> {
  readonly entity: EntitySchema<S>;
  /** The public state. Its full name is the aggregate's type, its package the area of the events. */
  readonly message?: Codec<M>;
  readonly present?: (state: S) => M;
  /** The customer concerned, for Meta and the partition of the subject. */
  readonly customerOf?: (state: S) => string | null;
  readonly sides?: readonly Side<S>[];
  /** What is written down in the same transaction whenever some have changed; of those that go, as they were. */
  readonly alongside?: (at: At, states: readonly S[]) => void;
  /** Why such a row takes no commands any more, where that is so: what `lock` then throws. `lockFound` gives it all the same. */
  readonly closed?: (at: At, state: S) => Promise<unknown> | undefined;
  /** What a violated constraint means to the caller. */
  readonly violations?: Readonly<Record<string, (detail: string) => unknown>>;
}

/** An EntitySchema as the kit uses it: statements are built once, when the table is defined. */
export interface Table<S extends State, M = unknown> extends TableOptions<S, M> {
  readonly name: string;
  readonly idField: keyof S & string;
  readonly id: Column;
  readonly columns: readonly Column[];
  readonly select: string;
  readonly insert: string;
  readonly update: string;
  readonly discard: string;
  readonly copy: string;
  readonly remove: string;
  readonly sideStatements: readonly SideStatements<S>[];
}

export function table<S extends State, M>(options: TableOptions<S, M>): Table<S, M> {
  const name = options.entity.options.tableName!;
  const columns = columnsOf(options.entity);
  const id = columns.find((column) => column.primary);
  if (!id) throw new Error(`${name} has no id`);

  const names = columns.map((column) => column.name);
  const others = names.filter((column) => column !== id.name && column !== "version");
  const values = names.map((column) => (column === "version" ? "i.version + 1" : `i.${column}`));
  const assignments = [...others.map((column) => `${column} = i.${column}`), "version = i.version + 1"];
  const renewed = [...others.map((column) => `${column} = excluded.${column}`), "version = excluded.version"];
  const input = inputOf(columns);
  const outbox = `o as (
    insert into outbox (event_id, aggregate_id, version, subject, payload, traceparent)
    select i._event_id, w.id, w.version, i._subject, i._payload, i._traceparent from w join i on i.${id.name} = w.id)`;

  return {
    ...options,
    name,
    id,
    idField: id.field as keyof S & string,
    columns,
    sideStatements: (options.sides ?? []).map((side) => sideStatements(side, id.name)),
    select: `select ${columns.map((column) => `${column.name} as "${column.field}"`).join(", ")} from ${name}`,
    insert: `
with ${input}, w as (
    insert into ${name} (${names.join(", ")}) select ${values.join(", ")} from i
    returning ${id.name} as id, version), ${outbox}
select`,
    update: `
with ${input}, w as (
    update ${name} t set ${assignments.join(", ")} from i
    where t.${id.name} = i.${id.name} and t.version = i.version
    returning t.${id.name} as id, t.version), ${outbox}
select refuse_stale(array(select ${id.name} from i except select id from w))`,
    discard: `
with ${inputOf([id, VERSION])}, w as (
    delete from ${name} t using i where t.${id.name} = i.${id.name} and t.version = i.version
    returning t.${id.name} as id, t.version + 1 as version), ${outbox}
select refuse_stale(array(select ${id.name} from i except select id from w))`,
    copy: `
insert into ${name} (${names.join(", ")})
select ${names.join(", ")} from ${arraysOf(columns)} as i (${names.join(", ")})
on conflict (tenant_id, ${id.name}) do update set ${renewed.join(", ")}`,
    remove: `delete from ${name} where ${id.name} = any($1::uuid[])`,
  };
}

function columnsOf<S extends State>({ options }: EntitySchema<S>): (Column & { primary: boolean })[] {
  const columns = Object.entries(options.columns) as [string, ColumnOptions | undefined][];
  return columns.flatMap(([field, column]) => {
    // tenant_id is no part of the state: its default and the policies take it from the transaction.
    if (!column || column.select === false) return [];
    const { name = field, type, nullable = false, primary = false } = column;
    return [{ field, name, type: String(type), nullable, primary }];
  });
}

interface ColumnOptions {
  name?: string;
  type: unknown;
  nullable?: boolean;
  primary?: boolean;
  select?: boolean;
}

// With a mark before them, for a table may well have a column called subject.
const ENVELOPE = [
  { name: "_event_id", type: "uuid" },
  { name: "_subject", type: "text" },
  { name: "_payload", type: "bytea" },
  { name: "_traceparent", type: "text" },
];

const VERSION = { name: "version", type: "int" };

function inputOf(columns: readonly { name: string; type: string }[]): string {
  const all = [...columns, ...ENVELOPE];
  return `i as materialized (select * from ${arraysOf(all)} as i (${all.map(({ name }) => name).join(", ")}))`;
}
