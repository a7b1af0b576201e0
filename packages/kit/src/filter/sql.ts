import { addDays } from "../days.ts";
import type { Field, FieldType, Table } from "./catalogue.ts";
import type { Comparison, Leaf, Moment, Predicate, Scalar, Value } from "./predicate.ts";
import { afterPrefix } from "./prefix.ts";

export interface Where {
  readonly text: string;
  /** What now and today mean is said with every use. */
  readonly values: (moment: Moment) => unknown[];
}

interface Place {
  /** The number of the first parameter, where a statement has others before. */
  from?: number;
  /** The table's name in the statement. */
  alias?: string;
}

type Parameter = (moment: Moment) => unknown;

interface Printer {
  table: Table;
  column: (name: string) => string;
  add: (parameter: Parameter, type: string) => string;
}

/**
 * One predicate for a where clause. Everything that a person wrote is a parameter, so expressions of one structure
 * have one text, and Postgres one prepared statement.
 */
export function toSql(
  predicate: Predicate,
  { table }: { readonly table: Table },
  { from = 1, alias }: Place = {},
): Where {
  const parameters: Parameter[] = [];
  const text = print(predicate, true, {
    table,
    column: (name) => (alias ? `${alias}.${name}` : name),
    add: (parameter, type) => `$${parameters.push(parameter) - 1 + from}::${type}`,
  });
  return { text, values: (moment) => parameters.map((parameter) => parameter(moment)) };
}

/** Negation normal form: `not` wanders down to the leaves, where absent values are (`is not true`). */
function print(predicate: Predicate, positive: boolean, to: Printer): string {
  switch (predicate.is) {
    case "constant":
      return String(predicate.value === positive);
    case "not":
      return print(predicate.of, !positive, to);
    case "all":
    case "any": {
      const and = (predicate.is === "all") === positive;
      const parts =
        positive && and ? conjunction(predicate, to) : predicate.of.map((part) => print(part, positive, to));
      return `(${parts.join(and ? " and " : " or ")})`;
    }
    default:
      return positive ? leaves([predicate], to) : `(${leaves([predicate], to)}) is not true`;
  }
}

/** Tests of one custom field become one look into the side table: a range then reads only its part of the index. */
function conjunction(predicate: Predicate, to: Printer): string[] {
  const parts = flatten(predicate);
  const single = parts.filter(
    (part) => isLeaf(part) && "kind" in part.field.stored && part.field.type !== "tags",
  );
  const groups = Map.groupBy(single as Leaf[], (leaf) => leaf.field);
  const others = parts.filter((part) => !single.includes(part));
  return [
    ...[...groups.values()].map((group) => leaves(group, to)),
    ...others.map((part) => print(part, true, to)),
  ];
}

const flatten = (predicate: Predicate): Predicate[] =>
  predicate.is === "all" ? predicate.of.flatMap(flatten) : [predicate];

const isLeaf = (predicate: Predicate): predicate is Leaf =>
  !["all", "any", "not", "constant"].includes(predicate.is);

/**
 * Tests of one field: of its column, or of its rows in the side table. `id = any(array(select …))` reads better
 * plans for some `or`, but took 20 s where `in (select …)` takes 0.1 s: a negation compares every row with every id.
 */
function leaves(group: Leaf[], to: Printer): string {
  const { stored, type } = group[0]!.field;
  if ("column" in stored) return group.map((leaf) => test(leaf, to.column(stored.column), to)).join(" and ");
  const kind = `v.kind = ${to.add(() => stored.kind, "text")}`;
  const tests = group
    .filter((leaf) => leaf.is !== "has")
    .map((leaf) => test(leaf, `v.${SIDE_COLUMN[type]}`, to));
  const { id, side } = to.table;
  return `${to.column(id)} in (select v.${id} from ${side} v where ${[kind, ...tests].join(" and ")})`;
}

function test(leaf: Leaf, column: string, to: Printer): string {
  switch (leaf.is) {
    case "has":
      return `${column} is not null`;
    case "compare":
      return `${column} ${OPERATORS[leaf.op]} ${to.add(at(leaf.field, leaf.value), CASTS[leaf.field.type])}`;
    case "in": {
      const all: Parameter = (moment) => leaf.values.map((value) => at(leaf.field, value)(moment));
      return `${column} = any(${to.add(all, `${CASTS[leaf.field.type]}[]`)})`;
    }
    case "tagged":
      return `${column} = ${to.add(() => leaf.tag, "text")}`;
    case "contains":
      return `strpos(${column}, ${to.add(() => leaf.text, "text")}) > 0`;
    case "startsWith": {
      const from = `${column} >= ${to.add(() => leaf.text, "text")}`;
      const end = afterPrefix(leaf.text);
      return end === undefined ? from : `(${from} and ${column} < ${to.add(() => end, "text")})`;
    }
  }
}

const OPERATORS: Record<Comparison, string> = {
  "==": "=",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

const CASTS: Record<FieldType, string> = {
  id: "uuid",
  text: "text",
  enum: "text",
  tags: "text",
  int: "bigint",
  decimal: "bigint",
  bool: "boolean",
  time: "timestamptz",
  date: "date",
};

const SIDE_COLUMN: Record<FieldType, string> = {
  id: "id_value",
  text: "text_value",
  enum: "text_value",
  tags: "text_value",
  int: "number_value",
  decimal: "number_value",
  bool: "bool_value",
  time: "time_value",
  date: "date_value",
};

const at =
  ({ type }: Field, value: Value): Parameter =>
  (moment) =>
    wire(type, valueAt(value, moment));

function valueAt(value: Value, moment: Moment): Scalar {
  if ("constant" in value) return value.constant;
  return value.variable === "today"
    ? addDays(moment.today, value.days)
    : BigInt(moment.now.getTime()) + value.plus;
}

/** As text: pg would write a Date in local time, whose offset before 1900 has seconds that it drops. */
const wire = (type: FieldType, value: Scalar): string | boolean => {
  if (typeof value !== "bigint") return value;
  return type === "time" ? new Date(Number(value)).toISOString() : value.toString();
};
