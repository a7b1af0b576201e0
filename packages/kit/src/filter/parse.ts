import { parse as parseCel } from "@bufbuild/cel";
import type { Expr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { FilterError } from "./filter-error.ts";

export const LIMITS = { bytes: 2048, parts: 200, depth: 16 };

export interface Source {
  readonly text: string;
  readonly root: Expr;
  /** `has` and `exists` are macros: the parser expands them and keeps what was written aside. */
  readonly written: (expr: Expr) => Expr;
  readonly offset: (expr: Expr) => number;
}

export function parse(text: string): Source {
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.bytes) {
    const message = `the expression has ${bytes} bytes; at most ${LIMITS.bytes} are taken`;
    throw new FilterError("TOO_LARGE", message, "", 0);
  }
  refuseUnstorable(text);
  refuseDeep(text);
  const { expr, sourceInfo } = parseOrRefuse(text);
  const written = (node: Expr): Expr => sourceInfo?.macroCalls[node.id.toString()] ?? node;
  const offset = (node: Expr): number => leftmost(node, written, sourceInfo?.positions ?? {});
  return { text, root: expr, written, offset };
}

/** The parser puts an operator's position on the blank before it, so an expression starts where its left side does. */
function leftmost(node: Expr, written: (expr: Expr) => Expr, positions: Record<string, number>): number {
  const left = leftOf(written(node));
  return left ? leftmost(left, written, positions) : (positions[node.id.toString()] ?? 0);
}

function leftOf({ exprKind }: Expr): Expr | undefined {
  if (exprKind.case === "selectExpr" && !exprKind.value.testOnly) return exprKind.value.operand;
  if (exprKind.case !== "callExpr") return undefined;
  const { target, function: name, args } = exprKind.value;
  return target ?? (/^_.*_$|^@in$/.test(name) ? args[0] : undefined);
}

/** Postgres stores neither NUL nor half a surrogate pair: the driver would fail on one and alter the other. */
function refuseUnstorable(text: string): void {
  const nul = text.indexOf("\0");
  if (nul >= 0)
    throw new FilterError("SYNTAX", "the expression contains a NUL character; remove it", text, nul);
  if (!text.isWellFormed()) throw new FilterError("SYNTAX", "the expression is not valid Unicode", text, 0);
}

const STRINGS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gs;

/** Where a string begins that does not end; the parser would complain about the operator before it. */
function openQuote(text: string): number | undefined {
  const open = text.replace(STRINGS, (string) => " ".repeat(string.length)).search(/["']/);
  return open < 0 ? undefined : open;
}

/** Before the parser recurses: brackets outside of strings. */
function refuseDeep(text: string): void {
  const tokens = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[([{]|[)\]}]/gs;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if ("([{".includes(token)) depth += 1;
    if (")]}".includes(token)) depth -= 1;
    if (depth > LIMITS.depth) throw tooDeep(text, index);
  }
}

export function tooDeep(text: string, offset: number): FilterError {
  const message = `more than ${LIMITS.depth} levels of nesting; split the expression or remove brackets`;
  return new FilterError("TOO_LARGE", message, text, offset);
}

type ParseError = Error & { rawMessage?: string; location?: { start: { offset: number } } };

function parseOrRefuse(text: string) {
  try {
    return parseCel(text);
  } catch (error) {
    const { rawMessage, location, message } = error as ParseError;
    const quote = openQuote(text);
    if (quote !== undefined) throw new FilterError("SYNTAX", "this quote is not closed", text, quote);
    const offset = location?.start.offset ?? 0;
    throw new FilterError("SYNTAX", hint(text, offset) ?? rawMessage ?? message, text, offset);
  }
}

/** The parser names 14 tokens that it expected; these are what people mean. */
function hint(text: string, offset: number): string | undefined {
  const rest = text.slice(offset);
  if (text.trim() === "") return "the expression is empty; write a condition such as score > 10";
  if (/^=(?!=)/.test(rest)) return "write == to compare";
  if (rest.startsWith("<>")) return "write != for “differs from”";
  if (/^(and|or|not)\b/i.test(rest)) return "write && for “and”, || for “or”, ! for “not”";
  if (rest === "") return "the expression ends too early; a value or a closing bracket is missing";
  return undefined;
}
