import type { Expr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { callOf, constantOf, nameOf, textOf } from "./ast.ts";
import type { Field, FieldType } from "./catalogue.ts";
import type { FilterReason } from "./filter-error.ts";
import { readDate, readDecimal, readDuration, readId, readInt, readTime } from "./literals.ts";
import type { Value } from "./predicate.ts";

/** Bound when the predicate runs, not when it is saved. */
export const VARIABLES: ReadonlySet<string> = new Set(["now", "today"]);

interface Problem {
  reason: FilterReason;
  problem: string;
}

/** The value that is written at `expr`, in the form of its field. */
export function readValue(field: Field, expr: Expr): Value | Problem {
  const value = READERS[field.type](expr, field);
  if (value) return value;
  const reason = sameKind(field.type, expr) ? "BAD_VALUE" : "WRONG_TYPE";
  return { reason, problem: `"${field.name}" takes ${expected(field)}` };
}

const constant = (value: string | bigint | boolean | undefined): Value | undefined =>
  value === undefined ? undefined : { constant: value };

const READERS: Record<FieldType, (expr: Expr, field: Field) => Value | undefined> = {
  id: (expr) => constant(idOf(expr)),
  text: (expr) => constant(textOf(expr)),
  enum: (expr, field) => constant(field.values?.find((name) => name === textOf(expr))),
  int: (expr) => constant(intOf(expr)),
  decimal: (expr) => constant(decimalOf(expr)),
  bool: (expr) => constant(boolOf(expr)),
  time: timeOf,
  date: dateOf,
  tags: () => undefined,
};

/** In the form that the database writes. */
function idOf(expr: Expr): string | undefined {
  const text = textOf(expr);
  return text === undefined ? undefined : readId(text);
}

function intOf(expr: Expr): bigint | undefined {
  const literal = constantOf(expr);
  return literal?.case === "int64Value" ? readInt(literal.value) : undefined;
}

function decimalOf(expr: Expr): bigint | undefined {
  const literal = constantOf(expr);
  return literal?.case === "int64Value" || literal?.case === "doubleValue"
    ? readDecimal(literal.value)
    : undefined;
}

function boolOf(expr: Expr): boolean | undefined {
  const literal = constantOf(expr);
  return literal?.case === "boolValue" ? literal.value : undefined;
}

/** A day, `today`, or `today - duration("2160h")` of full days. */
function dateOf(expr: Expr): Value | undefined {
  const plus = variableOf(expr, "today");
  if (plus !== undefined)
    return plus % DAY_MS === 0n ? { variable: "today", days: Number(plus / DAY_MS) } : undefined;
  const text = textOf(expr);
  return text === undefined ? undefined : constant(readDate(text));
}

const DAY_MS = 86_400_000n;

/** `timestamp("…")`, `now`, `now - duration("24h")` or `now + duration("24h")`. */
function timeOf(expr: Expr): Value | undefined {
  const plus = variableOf(expr, "now");
  return plus === undefined ? constant(argumentOf(expr, "timestamp", readTime)) : { variable: "now", plus };
}

/** How far behind a variable a value lies, in milliseconds. */
function variableOf(expr: Expr, name: string): bigint | undefined {
  if (nameOf(expr) === name) return 0n;
  const call = callOf(expr);
  const sign = call?.function === "_-_" ? -1n : call?.function === "_+_" ? 1n : undefined;
  if (sign === undefined || nameOf(call!.args[0]!) !== name) return undefined;
  const duration = argumentOf(call!.args[1]!, "duration", readDuration);
  return duration === undefined ? undefined : sign * duration;
}

function argumentOf<T>(expr: Expr, name: string, read: (text: string) => T | undefined): T | undefined {
  const call = callOf(expr);
  const text = call?.function === name && !call.target ? textOf(call.args[0]) : undefined;
  return text === undefined ? undefined : read(text);
}

const KINDS: Record<FieldType, readonly string[]> = {
  id: ["stringValue"],
  text: ["stringValue"],
  enum: ["stringValue"],
  int: ["int64Value"],
  decimal: ["int64Value", "doubleValue"],
  bool: ["boolValue"],
  time: [],
  date: ["stringValue"],
  tags: [],
};

const sameKind = (type: FieldType, expr: Expr): boolean => {
  const kind = constantOf(expr)?.case;
  return kind === undefined
    ? callOf(expr) !== undefined && (type === "time" || type === "date")
    : KINDS[type].includes(kind);
};

/** What to write for a field, for the person who wrote something else. */
export function expected(field: Field): string {
  const texts: Record<FieldType, string> = {
    id: 'an id, such as "0199f0c4-2a3b-7c4d-8e5f-60718293a4b5"',
    text: 'a text in quotes, such as "Ada"',
    enum: oneOf(field),
    int: "a whole number, such as 42",
    decimal: "a number with at most six decimals, such as 99.50",
    bool: "true or false",
    time: 'a time with zone and at most milliseconds, such as timestamp("2026-01-31T09:00:00Z") or now - duration("24h")',
    date: 'a date, such as "2026-01-31", today or today - duration("2160h"), which is 90 days',
    tags: `a test such as "vip" in ${field.name}`,
  };
  return texts[field.type];
}

export const oneOf = ({ values = [] }: Field): string =>
  `one of ${values.map((name) => `"${name}"`).join(", ")}`;
