import { CelScalar, celEnv, celFunc, isCelError, plan } from "@bufbuild/cel";
import { type Constant, type Expr, ExprSchema } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { create } from "@bufbuild/protobuf";
import { addDays } from "../days.ts";
import type { Field } from "./catalogue.ts";
import { compareCodePoints } from "./code-points.ts";
import {
  type Leaf,
  leavesOf,
  type Moment,
  type Predicate,
  type Scalar,
  type Value,
  valuesOf,
} from "./predicate.ts";

/**
 * The same predicate as an ordinary CEL expression over `row`, where every test is guarded by has():
 * `grade == "A"` becomes `has(row.grade) && row.grade == "A"`. So a missing field is false, never an error,
 * and the negation of a test on a missing field is true.
 */
export function toProgram<State>(predicate: Predicate): (state: State, moment: Moment) => boolean {
  const evaluate = plan(environment, toCel(predicate));
  const fields = [...new Set(leavesOf(predicate).map(({ field }) => field))];
  const days = [...new Set(leavesOf(predicate).flatMap(daysOf))];
  return (state, { now, today }) => {
    const row = new Map<string, Scalar | string[]>();
    for (const field of fields) {
      const value = fromState(field, field.read(state as never));
      if (value !== undefined) row.set(field.name, value);
    }
    const todays = days.map((each) => [todayPlus(each), addDays(today, each)]);
    const result = evaluate({ row, now: BigInt(now.getTime()), ...Object.fromEntries(todays) });
    if (isCelError(result)) throw new Error("a checked expression failed", { cause: result });
    return result === true;
  };
}

const { STRING, BOOL } = CelScalar;

/** The library compares strings by UTF-16 unit; these four replace its own. */
const environment = celEnv({
  funcs: [
    celFunc("_<_", [STRING, STRING], BOOL, (a, b) => compareCodePoints(a, b) < 0),
    celFunc("_<=_", [STRING, STRING], BOOL, (a, b) => compareCodePoints(a, b) <= 0),
    celFunc("_>_", [STRING, STRING], BOOL, (a, b) => compareCodePoints(a, b) > 0),
    celFunc("_>=_", [STRING, STRING], BOOL, (a, b) => compareCodePoints(a, b) >= 0),
  ],
});

function toCel(predicate: Predicate): Expr {
  switch (predicate.is) {
    case "constant":
      return literal(predicate.value);
    case "not":
      return call("!_", toCel(predicate.of));
    case "all":
      return call("_&&_", ...predicate.of.map(toCel));
    case "any":
      return call("_||_", ...predicate.of.map(toCel));
    case "has":
      return select(predicate.field, true);
    default:
      return call("_&&_", select(predicate.field, true), test(predicate));
  }
}

function test(leaf: Exclude<Leaf, { is: "has" }>): Expr {
  const field = select(leaf.field, false);
  switch (leaf.is) {
    case "compare":
      return call(`_${leaf.op}_`, field, operand(leaf.value));
    case "in":
      return call("@in", field, list(leaf.values.map(operand)));
    case "tagged":
      return call("@in", literal(leaf.tag), field);
    default:
      return method(field, leaf.is, literal(leaf.text));
  }
}

function operand(value: Value): Expr {
  if ("constant" in value) return literal(value.constant);
  if (value.variable === "today") return ident(todayPlus(value.days));
  return call("_+_", ident("now"), literal(value.plus));
}

type Kind = Extract<Expr["exprKind"], { case: string }>;
const expr = (exprKind: unknown): Expr => create(ExprSchema, { exprKind: exprKind as Kind });
const ident = (name: string) => expr({ case: "identExpr", value: { name } });
const list = (elements: Expr[]) => expr({ case: "listExpr", value: { elements } });
const call = (name: string, ...args: Expr[]) => expr({ case: "callExpr", value: { function: name, args } });
const method = (target: Expr, name: string, ...args: Expr[]) =>
  expr({ case: "callExpr", value: { target, function: name, args } });
const select = (field: Field, testOnly: boolean) =>
  expr({ case: "selectExpr", value: { operand: ident("row"), field: field.name, testOnly } });

function literal(value: Scalar): Expr {
  return expr({ case: "constExpr", value: { constantKind: constantKind(value) } });
}

function constantKind(value: Scalar): Constant["constantKind"] {
  if (typeof value === "string") return { case: "stringValue", value };
  return typeof value === "bigint" ? { case: "int64Value", value } : { case: "boolValue", value };
}

const daysOf = (leaf: Leaf): number[] =>
  valuesOf(leaf).flatMap((value) => ("variable" in value && value.variable === "today" ? [value.days] : []));

/** Each day beside today is a variable of its own. */
const todayPlus = (days: number) => (days < 0 ? `today_minus_${-days}` : `today_plus_${days}`);

/** The form in which values are compared (predicate.ts). An empty list is absent, as in the database. */
function fromState({ type }: Field, value: unknown): Scalar | string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === "time") return BigInt((value as Date).getTime());
  if (type === "int" || type === "decimal") return BigInt(value as number | bigint);
  if (type === "tags" && (value as string[]).length === 0) return undefined;
  return value as Scalar | string[];
}
