import { refuse } from "../refuse.ts";
import type { Catalogue } from "./catalogue.ts";
import { check } from "./check.ts";
import type { Note } from "./checking.ts";
import { FilterError } from "./filter-error.ts";
import { parse } from "./parse.ts";
import type { Moment, Predicate } from "./predicate.ts";
import { toProgram } from "./program.ts";

/** One expression in two forms of the same meaning: toSql() prints the predicate, matches() answers for one state. */
export interface Filter<State> {
  readonly predicate: Predicate;
  readonly notes: readonly Note[];
  readonly matches: (state: State, moment: Moment) => boolean;
}

// Compiling costs 20 to 180 µs and a list asks again with every page. Texts are at most 2 KB, so this many stay
// below a few megabytes.
const KEPT = 1000;
const kept = new Map<string, Filter<never>>();
const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Refuses with INVALID_FILTER, and says where and what to write instead. */
export function compileFilter<State>(text: string, catalogue: Catalogue<State>): Filter<State> {
  const key = `${numberOf(catalogue)} ${text}`;
  const filter = (kept.get(key) as Filter<State> | undefined) ?? compile(text, catalogue);
  kept.delete(key); // to the end of the order, the most recently used
  kept.set(key, filter);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  return filter;
}

function numberOf(catalogue: object): number {
  const number = numbers.get(catalogue) ?? ++lastNumber;
  numbers.set(catalogue, number);
  return number;
}

function compile<State>(text: string, catalogue: Catalogue<State>): Filter<State> {
  const { predicate, notes } = checkOrRefuse(text, catalogue);
  let program: Filter<State>["matches"] | undefined; // most filters only ever become SQL
  return {
    predicate,
    notes,
    matches: (state, moment) => (program ??= toProgram<State>(predicate))(state, moment),
  };
}

function checkOrRefuse(text: string, catalogue: Catalogue) {
  try {
    return check(parse(text), catalogue);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const description = `line ${error.at.line}, column ${error.at.column}: ${error.message}`;
    throw refuse(
      "invalid",
      "INVALID_FILTER",
      `The filter is not understood: ${description}${/[.?!]$/.test(description) ? "" : "."}`,
      [{ field: "filter", description, reason: error.reason }],
    );
  }
}
