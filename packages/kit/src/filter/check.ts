import type { Expr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { callOf, constantOf } from "./ast.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Check, count, type Note, refuse, unsupported } from "./checking.ts";
import { flag, LEAVES } from "./leaves.ts";
import type { Source } from "./parse.ts";
import type { Predicate } from "./predicate.ts";

/** From syntax to a typed predicate: every name is in the catalogue, every value fits its field. */
export function check(source: Source, catalogue: Catalogue): { predicate: Predicate; notes: Note[] } {
  const check: Check = { source, catalogue, parts: 0, notes: [] };
  const predicate = condition(check, source.root, 0);
  return { predicate, notes: check.notes };
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
