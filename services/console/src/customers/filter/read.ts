import {
  type Condition,
  complete,
  type Fields,
  type FilterField,
  type Group,
  isGroup,
  type Node,
  type Op,
  opsOf,
} from "./model.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** The builder's form of a CEL text; undefined where the builder has none, so that the text stays as it is. */
export function read(text: string, fields: Fields): Group | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  if (tokens.length === 0) return { is: "all", of: [] };
  try {
    const reader = readerOf(tokens, fields);
    const node = anyOf(reader);
    if (reader.rest() > 0) return undefined;
    return isGroup(node) ? node : { is: "all", of: [node] };
  } catch (error) {
    if (error === UNREADABLE) return undefined;
    throw error;
  }
}

const UNREADABLE = new Error("The builder cannot hold this.");

const stop = (): never => {
  throw UNREADABLE;
};

interface Reader {
  fields: Fields;
  /** The next token, which stays. */
  look(ahead?: number): Token | undefined;
  take(): Token;
  /** Takes the sign if it comes next. */
  takes(sign: string): boolean;
  rest(): number;
  /** Tags that stand by themselves. */
  singles: WeakSet<Node>;
}

function readerOf(tokens: Token[], fields: Fields): Reader {
  let at = 0;
  return {
    fields,
    look: (ahead = 0) => tokens[at + ahead],
    take: () => tokens[at++] ?? stop(),
    takes(sign) {
      const next = tokens[at];
      const fits = next?.is === "sign" && next.text === sign;
      if (fits) at += 1;
      return fits;
    },
    rest: () => tokens.length - at,
    singles: new WeakSet(),
  };
}

function anyOf(reader: Reader): Node {
  const of = [allOf(reader)];
  while (reader.takes("||")) of.push(allOf(reader));
  return together("any", of, reader);
}

function allOf(reader: Reader): Node {
  const of = [one(reader)];
  while (reader.takes("&&")) of.push(one(reader));
  return together("all", of, reader);
}

/** Several tags of one field, each looked for by itself, are one condition. */
function together(is: Group["is"], of: Node[], { singles }: Reader): Node {
  const [first, ...others] = of;
  if (others.length === 0) return first!;
  const tags = of.filter((node): node is Condition => singles.has(node));
  const field = tags[0]?.field;
  if (!field || tags.length < of.length || tags.some((tag) => tag.field !== field)) return { is, of };
  return { field, op: is === "any" ? "any_of" : "all_of", values: tags.flatMap(({ values }) => values) };
}

const NEGATED: Partial<Record<Op, Op>> = { any_of: "none_of", contains: "lacks", known: "unknown" };

function one(reader: Reader): Node {
  if (reader.takes("!")) return negated(one(reader));
  if (reader.takes("(")) {
    const node = anyOf(reader);
    if (!reader.takes(")")) stop();
    return node;
  }
  const first = reader.look();
  if (first?.is === "text") return tagTest(reader);
  return first?.is === "name" && first.text === "has" ? presence(reader) : test(reader);
}

function negated(node: Node): Node {
  const op = isGroup(node) ? undefined : NEGATED[node.op];
  if (isGroup(node) || !op) return stop();
  return { field: node.field, op, values: node.values };
}

function tagTest(reader: Reader): Node {
  const { text } = reader.take();
  takeName(reader, "in");
  const field = fieldOf(reader);
  if (field.type !== "tags") stop();
  const node = condition(field, "any_of", [text]);
  reader.singles.add(node);
  return node;
}

function presence(reader: Reader): Node {
  reader.take();
  if (!reader.takes("(")) stop();
  const field = fieldOf(reader);
  if (!reader.takes(")")) stop();
  return { field: field.name, op: "known", values: [] };
}

const METHODS: Record<string, Op> = { contains: "contains", startsWith: "starts" };

function test(reader: Reader): Node {
  const field = fieldOf(reader);
  if (reader.takes(".")) return method(reader, field);
  const next = reader.look();
  if (next?.is === "name" && next.text === "in") return membership(reader, field);
  if (next?.is === "sign" && next.text in SIGNS) return comparison(reader, field);
  return field.type === "bool" ? condition(field, "yes", []) : stop();
}

function method(reader: Reader, field: FilterField): Node {
  const op = METHODS[reader.take().text] ?? stop();
  if (!reader.takes("(")) stop();
  const value = takeText(reader);
  if (!reader.takes(")")) stop();
  return condition(field, op, [value]);
}

function membership(reader: Reader, field: FilterField): Node {
  reader.take();
  if (!reader.takes("[") || field.type === "tags") stop();
  const values = [takeText(reader)];
  while (reader.takes(",")) values.push(takeText(reader));
  if (!reader.takes("]")) stop();
  return condition(field, "any_of", values);
}

const SIGNS: Record<string, Op> = { "==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };

function comparison(reader: Reader, field: FilterField): Node {
  const op = SIGNS[reader.take().text]!;
  switch (field.type) {
    case "int":
    case "decimal":
      return condition(field, op, [takeNumber(reader)]);
    case "bool":
      return op === "eq"
        ? condition(field, reader.take().text === "true" ? "yes" : flagIsFalse(reader), [])
        : stop();
    case "time":
    case "date":
      return moment(reader, field, op);
    default:
      return op === "eq" ? condition(field, "any_of", [takeText(reader)]) : stop();
  }
}

function flagIsFalse(reader: Reader): Op {
  return reader.look(-1)?.text === "false" ? "no" : stop();
}

const SINCE: Partial<Record<Op, Op>> = { ge: "since", lt: "before", eq: "on" };
const RELATIVE: Partial<Record<Op, Op>> = { ge: "last_days", lt: "not_last_days" };

function moment(reader: Reader, field: FilterField, op: Op): Node {
  if (reader.look()?.is === "text") return condition(field, SINCE[op] ?? stop(), [takeText(reader)]);
  const name = reader.take().text;
  if (name === "timestamp") return condition(field, SINCE[op] ?? stop(), [argument(reader)]);
  if (name !== (field.type === "time" ? "now" : "today")) stop();
  return condition(field, RELATIVE[op] ?? stop(), [String(daysBack(reader))]);
}

/** - duration("720h"), where that is whole days. */
function daysBack(reader: Reader): number {
  if (!reader.takes("-")) stop();
  takeName(reader, "duration");
  const [, hours = ""] = /^(\d{1,7})h$/.exec(argument(reader)) ?? [];
  const days = Number(hours) / 24;
  return Number.isInteger(days) && days >= 1 ? days : stop();
}

function argument(reader: Reader): string {
  if (!reader.takes("(")) stop();
  const text = takeText(reader);
  if (!reader.takes(")")) stop();
  return text;
}

/** Only what the builder offers of the field and would write again. */
function condition(field: FilterField, op: Op, values: string[]): Condition {
  const made = { field: field.name, op, values };
  return opsOf(field).includes(op) && complete(made, field) ? made : stop();
}

function fieldOf(reader: Reader): FilterField {
  const first = reader.take();
  if (first.is !== "name") return stop();
  const isCustom = first.text === "custom" && reader.takes(".");
  return reader.fields.get(isCustom ? `custom.${reader.take().text}` : first.text) ?? stop();
}

function takeName(reader: Reader, name: string): void {
  const token = reader.take();
  if (token.is !== "name" || token.text !== name) stop();
}

function takeText(reader: Reader): string {
  const token = reader.take();
  return token.is === "text" ? token.text : stop();
}

function takeNumber(reader: Reader): string {
  const sign = reader.takes("-") ? "-" : "";
  const token = reader.take();
  return token.is === "number" ? sign + token.text : stop();
}
