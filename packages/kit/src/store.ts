import type { DatabaseError } from "pg";
import type { At } from "./at.ts";
import type { Codec } from "./codec.ts";
import { staleEtag } from "./etag.ts";
import { eventOf } from "./event.ts";
import type { Row } from "./flush.ts";
import { refuse } from "./refuse.ts";
import { type State, wire } from "./columns.ts";
import type { Table } from "./table.ts";

/** One for one, many for many: the answer has the shape of the question. NOT_FOUND names what is missing. */
export function get<S extends State>(at: At, table: Table<S>, id: string): Promise<S>;
export function get<S extends State>(at: At, table: Table<S>, ids: readonly string[]): Promise<S[]>;
export async function get<S extends State>(at: At, table: Table<S>, asked: string | readonly string[]) {
  const ids = typeof asked === "string" ? [asked] : asked;
  const found = complete(await read(at, table, ids, "get"), ids);
  return typeof asked === "string" ? found[0]! : found;
}

/** Like `get`, but what is not there is left out. */
export async function find<S extends State>(at: At, table: Table<S>, ids: readonly string[]): Promise<S[]> {
  const rows = await read(at, table, ids, "get");
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** Like `get`, and nobody else changes the rows before this command has ended. Locks in id order. */
export function lock<S extends State>(at: At, table: Table<S>, id: string): Promise<S>;
export function lock<S extends State>(at: At, table: Table<S>, ids: readonly string[]): Promise<S[]>;
export async function lock<S extends State>(at: At, table: Table<S>, asked: string | readonly string[]) {
  const ids = typeof asked === "string" ? [asked] : asked;
  for (const id of ids) at.claim(`${table.name} ${id}`);
  const found = complete(await read(at, table, ids, "lock"), ids);
  for (const state of found) {
    const refusal = table.closed?.(at, state);
    if (refusal) throw await refusal;
  }
  return typeof asked === "string" ? found[0]! : found;
}

/** Like `lock`, but what is not there is left out, and what takes no commands is among it. */
export async function lockFound<S extends State>(
  at: At,
  table: Table<S>,
  ids: readonly string[],
): Promise<S[]> {
  for (const id of ids) at.claim(`${table.name} ${id}`);
  const rows = await read(at, table, ids, "lock");
  return ids.flatMap((id) => rows.get(id) ?? []);
}

const ENDINGS = { get: "", lock: "for update" };

async function read<S extends State>(
  at: At,
  { name, id, idField, select }: Table<S>,
  ids: readonly string[],
  verb: keyof typeof ENDINGS,
): Promise<Map<string, S>> {
  if (ids.length === 0) return new Map();
  const order = verb === "lock" ? `order by ${id.name}` : "";
  const text = `${select} where ${id.name} = any($1::uuid[]) ${order} ${ENDINGS[verb]}`;
  const rows = await at.ask({ name: `${name} ${verb}`, text, values: [ids.map(uuid)], rows: true });
  const wanted = new Set(ids);
  // The columns are selected under the names of the state's fields.
  const found = (rows as unknown as S[]).filter((row) => wanted.has(row[idField] as string));
  for (const row of found) at.known.set(`${name} ${row[idField] as string}`, row);
  return new Map(found.map((row) => [row[idField] as string, row]));
}

const NOBODY = "00000000-0000-0000-0000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What is no id in its normal form is nobody's; the database would refuse the question instead. */
const uuid = (id: string) => (UUID.test(id) ? id : NOBODY);

function complete<S>(rows: Map<string, S>, ids: readonly string[]): S[] {
  const missing = ids.filter((id) => !rows.has(id));
  if (missing.length > 0) throw refuse("notFound", "NOT_FOUND", `There is no ${missing.join(", ")} here.`);
  return ids.map((id) => rows.get(id)!);
}

/**
 * The guarded write and its events in one statement. The row must still have the version of `after`; version 0 is a new row.
 * The answer is known before the database has spoken, so the statement travels with COMMIT: a refusal is the command's.
 */
export function record<S extends State>(
  at: At,
  table: Table<S>,
  after: S,
  type: Codec<unknown>,
  facts?: object,
): S;
export function record<S extends State>(
  at: At,
  table: Table<S>,
  after: S[],
  type: Codec<unknown>,
  facts?: object,
): S[];
export function record<S extends State>(
  at: At,
  table: Table<S>,
  after: S | S[],
  type: Codec<unknown>,
  facts: object = {},
): S | S[] {
  if (!Array.isArray(after)) return recordAll(at, table, [after], type, facts)[0]!;
  const created = after.filter((state) => state.version === 0).length;
  if (created > 0 && created < after.length) throw new Error("new and known rows in one record");
  return after.length === 0 ? [] : recordAll(at, table, after, type, facts);
}

type Facts = Readonly<Record<string, unknown>>;

function recordAll<S extends State>(
  at: At,
  table: Table<S>,
  states: S[],
  type: Codec<unknown>,
  facts: object,
): S[] {
  const isNew = states[0]!.version === 0;
  const changes = states.map((state) => {
    const id = state[table.idField] as string;
    const key = `${table.name} ${id}`;
    at.claim(key);
    const before = at.known.get(key) as S | undefined;
    if (!isNew && !before) throw new Error(`${key} is recorded without having been read`);
    const after = { ...state, version: state.version + 1 };
    at.known.set(key, after);
    return {
      id,
      before,
      after,
      now: at.now,
      principal: at.principal,
      facts: facts as Facts,
    };
  });
  tellAll(at, table, isNew ? "insert" : "update", columnsOf(table, states), changes, type, facts);
  return changes.map(({ after }) => after);
}

type Changes<S extends State> = Parameters<Table<S>["sideStatements"][number]["statements"]>[0];

/** The statement on the table with the events, then what stands beside it. */
function tellAll<S extends State>(
  at: At,
  table: Table<S>,
  verb: "insert" | "update" | "discard",
  columns: unknown[][],
  changes: Changes<S>,
  type: Codec<unknown>,
  facts: object,
): void {
  const events = changes.map((change) => eventOf(at, table as Table<S, object>, change, type, facts));
  const refusal = (error: DatabaseError) => refusalOf(table, error);
  at.tell({
    name: `${table.name} ${verb}`,
    text: table[verb],
    values: [
      ...columns,
      events.map((event) => event.eventId),
      events.map((event) => event.subject),
      events.map((event) => event.payload),
      events.map(() => at.cause.traceparent ?? null),
    ],
    rows: true,
    wakes: true,
    refusal,
  });
  for (const side of table.sideStatements)
    for (const statement of side.statements(changes)) at.tell({ ...statement, refusal });
  table.alongside?.(
    at,
    changes.map(({ before, after }) => (after ?? before)!),
  );
}

/**
 * The end of what should not have been: the rows go with what stands beside them, less their history, and the event tells
 * what was. Guarded by the version, as `record` is.
 */
export function discard<S extends State>(
  at: At,
  table: Table<S>,
  states: readonly S[],
  type: Codec<unknown>,
  facts: object = {},
): void {
  if (states.length === 0) return;
  const changes = states.map((state) => {
    const id = state[table.idField] as string;
    at.claim(`${table.name} ${id}`);
    at.known.delete(`${table.name} ${id}`);
    return {
      id,
      before: state,
      after: undefined,
      now: at.now,
      principal: at.principal,
      facts: facts as Facts,
    };
  });
  const columns = [changes.map(({ id }) => id), states.map(({ version }) => version)];
  tellAll(at, table, "discard", columns, changes, type, facts);
}

/** One array per column, as unnest takes them. */
function columnsOf<S extends State>({ columns }: Table<S>, states: readonly S[]): unknown[][] {
  return columns.map(({ field, type }) => states.map((state) => wire(type, state[field as keyof S])));
}

function refusalOf<S extends State>({ violations }: Table<S>, error: DatabaseError): unknown {
  if (error.code === "GX412") return staleEtag();
  const known = violations?.[error.constraint ?? ""];
  if (known) return known(error.detail ?? "");
  if (error.code === "23505") return refuse("exists", "ALREADY_EXISTS", "There is one like it already.");
  return error;
}

/** The latest state of somebody else's rows, without an event: for projections only, whose guard has refused what is old. */
export function copy<S extends State>(at: At, table: Table<S>, states: readonly S[]): void {
  if (states.length === 0) return;
  at.tell({ name: `${table.name} copy`, text: table.copy, values: columnsOf(table, states), rows: true });
}

/** Takes copies away: for projections only. */
export function remove<S extends State>(at: At, table: Table<S>, ids: readonly string[]): void {
  if (ids.length === 0) return;
  at.tell({ name: `${table.name} remove`, text: table.remove, values: [ids], rows: true });
}

/** A query that needs a name. It stands beside its table, never in a handler; `R` is what its columns are called. */
export async function named<R = Row>(
  at: At,
  statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<R[]> {
  return (await at.ask(statement)) as R[];
}

/** The same for a statement that is built for the question: it has no name, so the database plans it each time. */
export async function built<R>(
  at: At,
  statement: { readonly text: string; readonly values: readonly unknown[] },
): Promise<R[]> {
  return (await at.ask(statement)) as R[];
}
