import type { Expr, Expr_Call } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { callOf, listOf, nameOf, textOf } from "./ast.ts";
import type { Field } from "./catalogue.ts";
import { type Check, count, fieldOf, isField, note, refuse, storable, tag, value } from "./checking.ts";
import type { Comparison, Predicate } from "./predicate.ts";
import { expected, VARIABLES } from "./values.ts";

type LeafReader = (check: Check, call: Expr_Call, node: Expr) => Predicate;

/** The tests that may be written, by the function that the parser makes of them. */
export const LEAVES = new Map<string, LeafReader>([
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
export function flag(check: Check, node: Expr): Predicate {
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
    requireComparable(check, node, field, op);
    if (op === "!=") {
      note(check, node, `skips those without ${field.name}; !(${field.name} == …) takes them too`);
    }
    return { is: "compare", field, op: flipped ? mirrored : op, value: value(check, field, valueSide) };
  };
}

const UNORDERED: ReadonlySet<Field["type"]> = new Set(["id", "enum", "bool"]);

function requireComparable(check: Check, node: Expr, { name, type }: Field, op: Comparison): void {
  if (type === "tags") refuse(check, node, "WRONG_TYPE", `write "vip" in ${name} to look for a tag`);
  const ordered = op !== "==" && op !== "!=";
  if (ordered && UNORDERED.has(type)) {
    refuse(check, node, "WRONG_TYPE", `"${name}" has no order; use ==, != or in`);
  }
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
  const item = variable && nameOf(variable);
  const other = test && comparedWith(test, item);
  if (!other) {
    const message = `inside exists only an equality is taken, such as ${field.name}.exists(t, t == "vip")`;
    return refuse(check, test ?? node, "UNSUPPORTED", message);
  }
  return { is: "tagged", field, tag: tag(check, field, other) };
}

/** The other side of an equality with the name. */
function comparedWith(test: Expr, name: string | undefined): Expr | undefined {
  const call = callOf(test);
  if (call?.function !== "_==_" || name === undefined) return undefined;
  return call.args.find((_, index) => nameOf(call.args[1 - index]!) === name);
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
    return { is, field, text: storable(check, args[0]!, text) };
  };
}
