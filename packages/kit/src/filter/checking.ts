import type { Expr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { callOf, constantOf, nameOf, textOf } from "./ast.ts";
import type { Catalogue, Field } from "./catalogue.ts";
import { closest } from "./closest.ts";
import { FilterError, type FilterReason, type Position, positionOf } from "./filter-error.ts";
import { LIMITS, type Source, tooDeep } from "./parse.ts";
import type { Value } from "./predicate.ts";
import { oneOf, readValue, VARIABLES } from "./values.ts";

/** Something that is allowed but that a person should know. */
export interface Note extends Position {
  message: string;
}

/** One expression while it is checked. */
export interface Check {
  source: Source;
  catalogue: Catalogue;
  parts: number;
  notes: Note[];
}

export function refuse(check: Check, at: Expr, reason: FilterReason, message: string): never {
  throw new FilterError(reason, message, check.source.text, check.source.offset(at));
}

export function note(check: Check, at: Expr, message: string): void {
  check.notes.push({ ...positionOf(check.source.text, check.source.offset(at)), message });
}

export function count(check: Check, at: Expr, parts: number, depth: number): void {
  check.parts += parts;
  const message = `more than ${LIMITS.parts} parts; split the expression`;
  if (check.parts > LIMITS.parts) refuse(check, at, "TOO_LARGE", message);
  if (depth > LIMITS.depth) throw tooDeep(check.source.text, check.source.offset(at));
}

export const isField = (expr: Expr): boolean => {
  const name = nameOf(expr);
  return name !== undefined && !VARIABLES.has(name);
};

/** The field that is named at `expr`, and none that the catalogue does not have. */
export function fieldOf(check: Check, expr: Expr): Field {
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

export function value(check: Check, field: Field, expr: Expr): Value {
  if (constantOf(expr)?.case === "nullValue") {
    refuse(check, expr, "UNSUPPORTED", `write has(${field.name}) or !has(${field.name}) instead of null`);
  }
  const read = readValue(field, expr);
  if ("problem" in read) return refuse(check, expr, read.reason, read.problem);
  if ("constant" in read && typeof read.constant === "string") storable(check, expr, read.constant);
  return read;
}

export function tag(check: Check, field: Field, expr: Expr): string {
  const text = textOf(expr);
  if (text === undefined)
    return refuse(check, expr, "WRONG_TYPE", `"${field.name}" holds text: write "vip" in ${field.name}`);
  if (field.values?.includes(text) === false) {
    refuse(check, expr, "BAD_VALUE", `"${field.name}" holds ${oneOf(field)}`);
  }
  return storable(check, expr, text);
}

/** An escape such as "\x00" makes what the source did not contain. */
export function storable(check: Check, expr: Expr, text: string): string {
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

export function unsupported(name: string): string {
  const shown = name.replace(/^[_@]+|_+$/g, "").replaceAll("_", " ");
  return `${shown}${/^\w+$/.test(shown) ? "()" : ""} is not available here${HINTS[name] ?? ""}`;
}
