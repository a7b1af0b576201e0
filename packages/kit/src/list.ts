import { createHash } from "node:crypto";
import type { DatabaseError } from "pg";
import type { At } from "./at.ts";
import type { Catalogue, Field } from "./filter/catalogue.ts";
import { compileFilter } from "./filter/compile.ts";
import { leavesOf } from "./filter/predicate.ts";
import { toSql, type Where } from "./filter/sql.ts";
import { refuse } from "./refuse.ts";
import { type Column, type State, wire } from "./columns.ts";
import type { Table } from "./table.ts";

/** The fields of a List request. */
interface ListRequest {
  readonly pageSize: number;
  readonly pageToken: string;
  readonly filter?: string;
  readonly orderBy?: string;
}

export interface ListOptions<S> {
  readonly request: ListRequest;
  readonly catalogue: Catalogue<S>;
  /** The fields one may sort by, as the API names them; the first is the order when none is asked for. */
  readonly orders: readonly string[];
  /** What the method asks besides the filter. */
  readonly where?: readonly Condition[];
  readonly spread?: Spread;
}

/**
 * Where the rows of a list stand in several tables or behind several keys: a branch for each, which an index finds in its order,
 * reads no further than the page. Asked as one, all were read and sorted, since row security keeps the planner from seeing that
 * the order of an index begins behind the tenant.
 */
interface Spread {
  /** As the table's own `select`. */
  readonly selects: readonly string[];
  /** Each select is asked each of them. */
  readonly by: readonly Condition[];
}

export interface Page<S> {
  readonly items: S[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

/** A condition that has a name beside its table; `?` stands for a value with its type: `owner_id = ?::uuid`. */
export interface Condition {
  readonly text: string;
  readonly values: readonly unknown[];
}

export const where = (text: string, ...values: unknown[]): Condition => ({ text, values });

const DEFAULT_SIZE = 50;
const MOST = 200;

/**
 * One page by its key: the rows behind the last one of the page before, which an index finds however far one has come.
 * The token holds for this filter and this order only.
 */
export async function list<S extends State>(
  at: At,
  table: Table<S>,
  options: ListOptions<S>,
): Promise<Page<S>> {
  const { request, catalogue } = options;
  const size = sizeOf(request.pageSize);
  const order = orderOf(table, options);
  const filter = request.filter ? compileFilter(request.filter, catalogue).predicate : undefined;
  const named = [order, ...(filter ? leavesOf(filter) : [])];
  if (named.some(({ field }) => field.personal)) at.need("read_personal");
  const seal = sealOf(table.name, request, order);
  const after = request.pageToken ? readToken(request.pageToken, seal, order.column) : undefined;

  const sql = statement(table);
  sql.add(options.where ?? []);
  if (filter) sql.addNumbered(toSql(filter, catalogue, { from: sql.next() }), at);
  if (after) sql.add([behind(table, order, after)]);
  const text = options.spread ? sql.united(options.spread, order) : sql.text(order);
  // Filters make as many texts as people have ideas, too many to prepare.
  const name = filter ? {} : { name: `list ${hash(text)}` };
  const refusal = (error: DatabaseError) => (after && error.code?.startsWith("22") ? badToken() : error);
  const rows = (await at.ask({
    ...name,
    text,
    values: [size + 1, ...sql.values],
    refusal,
  })) as unknown as S[]; // the columns are selected under the names of the state's fields
  return pageOf(rows, size, (last) => writeToken(seal, table, order, last));
}

function pageOf<S>(rows: S[], size: number, tokenOf: (last: S) => string): Page<S> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, nextPageToken: rows.length > size && last ? tokenOf(last) : "" };
}

const behind = <S extends State>(
  table: Table<S>,
  { column, descending }: Order<S>,
  key: unknown[],
): Condition =>
  where(`(${column.name}, ${table.id.name}) ${descending ? "<" : ">"} (?::${column.type}, ?::uuid)`, ...key);

function statement<S extends State>(table: Table<S>) {
  const values: unknown[] = [];
  const parts: string[] = [];
  const next = () => values.length + 2; // $1 is the limit
  const numbered = (condition: Condition) => {
    let number = next();
    values.push(...condition.values);
    return condition.text.replaceAll("?", () => `$${number++}`);
  };
  const page = (select: string, conditions: readonly string[], ending: string) =>
    `${select} ${conditions.length > 0 ? `where ${conditions.join(" and ")}` : ""} ${ending} limit $1::int`;
  return {
    values,
    next,
    add(conditions: readonly Condition[]) {
      parts.push(...conditions.map(numbered));
    },
    addNumbered(filter: Where, { now, today }: At) {
      parts.push(filter.text);
      values.push(...filter.values({ now, today }));
    },
    text: (order: Order<S>) => page(table.select, parts, inOrder(order, order.column.name, table.id.name)),
    united({ selects, by }: Spread, order: Order<S>) {
      const ending = inOrder(order, order.column.name, table.id.name);
      const keys = by.map(numbered);
      const branches = selects.flatMap((select) =>
        keys.map((key) => `(${page(select, [key, ...parts], ending)})`),
      );
      const all = `select * from (${branches.join(" union all ")}) as pages`;
      return page(all, [], inOrder(order, `"${order.column.field}"`, `"${table.idField}"`));
    },
  };
}

function inOrder<S>({ descending }: Order<S>, ...columns: string[]): string {
  return `order by ${columns.map((column) => (descending ? `${column} desc` : column)).join(", ")}`;
}

interface Order<S> {
  readonly field: Field<S>;
  readonly column: Column;
  readonly descending: boolean;
}

function orderOf<S extends State>(table: Table<S>, { request, catalogue, orders }: ListOptions<S>): Order<S> {
  const [, name = "", direction = ""] =
    /^(\S+?)(?:\s+(asc|desc))?$/.exec(request.orderBy || orders[0]!) ?? [];
  const field = orders.includes(name) ? catalogue.fields.get(name) : undefined;
  if (!field)
    throw invalid("order_by", "ORDER_BY", `sort by ${orders.join(", ")}, with " desc" for the reverse`);
  const column = table.columns.find((each) => each.name === orderColumn(field));
  // Beside a null the comparison of keys is unknown, and the list would end early.
  if (!column || column.nullable) throw new Error(`${table.name} cannot be sorted by ${name}`);
  return { field, column, descending: direction === "desc" };
}

const orderColumn = ({ order, stored }: Field): string | undefined =>
  order ?? ("column" in stored ? stored.column : undefined);

function sizeOf(asked: number): number {
  if (asked < 0 || asked > MOST) throw invalid("page_size", "PAGE_SIZE", `must be at most ${MOST}`);
  return asked || DEFAULT_SIZE;
}

const hash = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 16);

const sealOf = <S>(table: string, { filter = "" }: ListRequest, { field, descending }: Order<S>) =>
  hash(JSON.stringify([table, filter, field.name, descending]));

function writeToken<S extends State>(seal: string, table: Table<S>, { column }: Order<S>, last: S): string {
  const value = wire(column.type, last[column.field as keyof S]);
  const key = typeof value === "bigint" ? String(value) : value;
  return Buffer.from(JSON.stringify([seal, key, last[table.idField]])).toString("base64url");
}

/** What the database would take all the same is refused here: beside a null, every page were the last. */
function readToken(token: string, seal: string, { type }: Column): [key: unknown, id: unknown] {
  try {
    const [of, key, id] = JSON.parse(Buffer.from(token, "base64url").toString()) as unknown[];
    const isKey = typeof key === (KEY_TYPES[type] ?? "string");
    if (of === seal && isKey && typeof id === "string") return [key, id];
  } catch {
    // not one of ours
  }
  throw badToken();
}

/** As writeToken leaves them; all others are text. */
const KEY_TYPES: Record<string, string> = { int: "number", bool: "boolean" };

const badToken = () =>
  invalid("page_token", "PAGE_TOKEN", "is of another list: filter and order must be those of the first page");

const invalid = (field: string, reason: string, description: string) =>
  refuse("invalid", "INVALID_REQUEST", "The list cannot be read.", [{ field, description, reason }]);
