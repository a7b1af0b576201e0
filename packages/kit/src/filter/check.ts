import type { Expr, Expr_Call } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { callOf, constantOf, listOf, nameOf, textOf } from "./ast.ts";
import type { Catalogue, Field } from "./catalogue.ts";
import { LIMITS, type Source, tooDeep } from "./parse.ts";
import type { Comparison, Predicate, Value } from "./predicate.ts";
import { closest } from "./closest.ts";
import { FilterError, type FilterReason, type Position, positionOf } from "./filter-error.ts";
import { expected, oneOf, readValue, VARIABLES } from "./values.ts";

/** Something that is allowed but that a person should know. */
export interface Note extends Position {
  message: string;
}

interface Check {
  source: Source;
  catalogue: Catalogue;
  nodes: number;
  notes: Note[];
}

/** From syntax to a typed predicate: every name is in the catalogue, every value fits its field. */
export function check(source: Source, catalogue: Catalogue): { predicate: Predicate; notes: Note[] } {
  const check: Check = { source, catalogue, nodes: 0, notes: [] };
  const predicate = condition(check, source.root, 0);
  return { predicate, notes: check.notes };
}

function refuse(check: Check, at: Expr, reason: FilterReason, message: string): never {
  throw new FilterError(reason, message, check.source.text, check.source.offset(at));
}

function note(check: Check, at: Expr, message: string): void {
  check.notes.push({ ...positionOf(check.source.text, check.source.offset(at)), message });
}

function count(check: Check, at: Expr, nodes: number, depth: number): void {
  check.nodes += nodes;
  const message = `more than ${LIMITS.nodes} parts; split the expression or use a saved segment`;
  if (check.nodes > LIMITS.nodes) refuse(check, at, "TOO_LARGE", message);
  if (depth > LIMITS.depth) throw tooDeep(check.source.text, check.source.offset(at));
}

function condition(check: Check, node: Expr, depth: number): Predicate {
  count(check, node, 1, depth);
  const expr = check.source.written(node);
  const constant = constantOf(expr);
  if (constant?.case === "boolValue") return { is: "constant", value: constant.value };
  const call = callOf(expr);
  if (!call) return flag(check, node);
  const of = () => call.args.map((arg) => condition(check, arg, depth + 1));
  if (call.function === "_&&_") return { is: "all", of: of() };
  if (call.function === "_||_") return { is: "any", of: of() };
  if (call.function === "!_") return { is: "not", of: of()[0]! };
  const leaf = LEAVES.get(call.function);
  if (!leaf) return refuse(check, node, "UNSUPPORTED", unsupported(call.function));
  count(check, node, call.args.length + (call.target ? 1 : 0), depth);
  return leaf(check, call, node);
}

type LeafReader = (check: Check, call: Expr_Call, node: Expr) => Predicate;

const LEAVES = new Map<string, LeafReader>([
  ["_==_", comparison("==", "==")],
  ["_!=_", comparison("!=", "!=")],
  ["_<_", comparison("<", ">")],
  ["_<=_", comparison("<=", ">=")],
  ["_>_", comparison(">", "<")],
  ["_>=_", comparison(">=", "<=")],
  ["@in", membership],
  ["has", presence],
  ["exists", exists],
  ["startsWith", textTest("startsWith")],
  ["contains", textTest("contains")],
]);

/** A bool field alone. */
function flag(check: Check, node: Expr): Predicate {
  const name = nameOf(node);
  const message = 'a condition is needed here, such as score > 10 or "vip" in tags';
  if (name === undefined || VARIABLES.has(name)) return refuse(check, node, "WRONG_TYPE", message);
  const field = fieldOf(check, node);
  if (field.type !== "bool")
    refuse(check, node, "WRONG_TYPE", `compare "${field.name}" with ${expected(field)}`);
  return { is: "compare", field, op: "==", value: { constant: true } };
}

function comparison(op: Comparison, mirrored: Comparison): LeafReader {
  return (check, { args: [left, right] }, node) => {
    const flipped = isField(right!) && !isField(left!);
    const [fieldSide, valueSide] = flipped ? [right!, left!] : [left!, right!];
    if (isField(valueSide)) {
      refuse(check, valueSide, "UNSUPPORTED", "compare a field with a value, not with another field");
    }
    const field = fieldOf(check, fieldSide);
    if (field.type === "tags")
      refuse(check, node, "WRONG_TYPE", `write "vip" in ${field.name} to look for a tag`);
    const ordered = op !== "==" && op !== "!=";
    if (ordered && (field.type === "enum" || field.type === "bool")) {
      refuse(check, node, "WRONG_TYPE", `"${field.name}" has no order; use ==, != or in`);
    }
    if (op === "!=") {
      note(check, node, `skips those without ${field.name}; !(${field.name} == …) takes them too`);
    }
    return { is: "compare", field, op: flipped ? mirrored : op, value: value(check, field, valueSide) };
  };
}

/** `grade in ["A", "B"]` or `"vip" in tags`. */
function membership(check: Check, { args: [left, right] }: Expr_Call, node: Expr): Predicate {
  const list = listOf(right!);
  if (!list) {
    const field = fieldOf(check, right!);
    if (field.type !== "tags") refuse(check, right!, "WRONG_TYPE", `"${field.name}" is not a list`);
    return { is: "tagged", field, tag: tag(check, field, left!) };
  }
  const field = fieldOf(check, left!);
  if (field.type === "tags") refuse(check, node, "WRONG_TYPE", `write "vip" in ${field.name} for each tag`);
  count(check, right!, list.length, 0);
  return { is: "in", field, values: list.map((item) => value(check, field, item)) };
}

/** `tags.exists(t, t == "vip")`, which says the same as `"vip" in tags`. */
function exists(check: Check, { target, args: [variable, test] }: Expr_Call, node: Expr): Predicate {
  const field = fieldOf(check, target!);
  if (field.type !== "tags") refuse(check, target!, "WRONG_TYPE", `"${field.name}" is not a list`);
  const equality = test && callOf(test);
  const [left, right] = equality?.args ?? [];
  const item = variable && nameOf(variable);
  const tagSide = left && nameOf(left) === item ? right : right && nameOf(right) === item ? left : undefined;
  if (equality?.function !== "_==_" || !tagSide) {
    const message = `inside exists only an equality is taken, such as ${field.name}.exists(t, t == "vip")`;
    return refuse(check, test ?? node, "UNSUPPORTED", message);
  }
  return { is: "tagged", field, tag: tag(check, field, tagSide) };
}

/** `has(email)` or `has(custom.tier)`: the macro wants a selection, the parser leaves a plain name as a call. */
function presence(check: Check, { args }: Expr_Call, node: Expr): Predicate {
  if (args.length !== 1) refuse(check, node, "UNSUPPORTED", "has() takes one field");
  return { is: "has", field: fieldOf(check, args[0]!) };
}

function textTest(is: "startsWith" | "contains"): LeafReader {
  return (check, { target, args }, node) => {
    if (!target || args.length !== 1) {
      return refuse(check, node, "UNSUPPORTED", `write name.${is}("text")`);
    }
    const field = fieldOf(check, target);
    if (field.type !== "text") refuse(check, target, "WRONG_TYPE", `"${field.name}" is not text`);
    const text = textOf(args[0]);
    if (text === undefined) refuse(check, args[0]!, "WRONG_TYPE", `${is} takes a text in quotes`);
    if (is === "contains") note(check, node, "contains reads every row that the other conditions leave");
    return { is, field, text: storable(check, args[0]!, text!) };
  };
}

const isField = (expr: Expr): boolean => {
  const name = nameOf(expr);
  return name !== undefined && !VARIABLES.has(name);
};

function fieldOf(check: Check, expr: Expr): Field {
  const name = nameOf(expr);
  if (name === undefined || VARIABLES.has(name)) {
    const called = callOf(check.source.written(expr))?.function ?? "timestamp";
    const message = VALUES.has(called) ? "a field is needed here" : unsupported(called);
    return refuse(check, expr, "UNSUPPORTED", message);
  }
  const field = check.catalogue.fields.get(name);
  if (field) return field;
  const near = closest(name, [...check.catalogue.fields.keys()]);
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return refuse(check, expr, "UNKNOWN_FIELD", `there is no field "${name.slice(0, 60)}"${hint}`);
}

const VALUES: ReadonlySet<string> = new Set(["timestamp", "duration"]);

function value(check: Check, field: Field, expr: Expr): Value {
  if (constantOf(expr)?.case === "nullValue") {
    refuse(check, expr, "UNSUPPORTED", `write has(${field.name}) or !has(${field.name}) instead of null`);
  }
  const read = readValue(field, expr);
  if ("problem" in read) return refuse(check, expr, read.reason, read.problem);
  if ("constant" in read && typeof read.constant === "string") storable(check, expr, read.constant);
  return read;
}

function tag(check: Check, field: Field, expr: Expr): string {
  const text = textOf(expr);
  if (text === undefined)
    return refuse(check, expr, "WRONG_TYPE", `"${field.name}" holds text: write "vip" in ${field.name}`);
  if (field.values?.includes(text) === false) {
    refuse(check, expr, "BAD_VALUE", `"${field.name}" holds ${oneOf(field)}`);
  }
  return storable(check, expr, text);
}

/** An escape such as "\x00" makes what the source did not contain. */
function storable(check: Check, expr: Expr, text: string): string {
  if (text.includes("\0")) refuse(check, expr, "BAD_VALUE", "a text cannot contain a NUL character");
  return text;
}

const HINTS: Record<string, string> = {
  matches: "; use startsWith or contains",
  endsWith: "; use contains",
  all: "; use exists with an equality",
  size: "; use has() to see whether there is any",
  lowerAscii: "; text fields that ignore case are stored in lower case already",
  "_?_:_": "; write (a && b) || (!a && c)",
};

function unsupported(name: string): string {
  const shown = name.replace(/^[_@]+|_+$/g, "").replaceAll("_", " ");
  return `${shown}${/^\w+$/.test(shown) ? "()" : ""} is not available here${HINTS[name] ?? ""}`;
}
