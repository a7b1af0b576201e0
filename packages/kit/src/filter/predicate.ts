import type { Field } from "./catalogue.ts";

/** A checked expression. Two printers read it: sql.ts and program.ts. */
export type Predicate =
  | { is: "all" | "any"; of: Predicate[] }
  | { is: "not"; of: Predicate }
  | { is: "constant"; value: boolean }
  | Leaf;

export type Leaf =
  | { is: "compare"; field: Field; op: Comparison; value: Value }
  | { is: "in"; field: Field; values: Value[] }
  | { is: "startsWith" | "contains"; field: Field; text: string }
  | { is: "tagged"; field: Field; tag: string }
  | { is: "has"; field: Field };

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * Values in the form that both sides compare exactly: text by code point, whole numbers, decimals as millionths,
 * times as milliseconds since 1970, dates as ISO text.
 */
export type Scalar = string | bigint | boolean;
export type Value =
  | { constant: Scalar }
  | { variable: "now"; plus: bigint }
  | { variable: "today"; days: number };

/** What `now` and `today` mean for one evaluation: the same moment for every row. */
export interface Moment {
  now: Date;
  /** The date in the tenant's time zone. */
  today: string;
}

/** The tests of a predicate, in its order. */
export function leavesOf(predicate: Predicate): Leaf[] {
  switch (predicate.is) {
    case "constant":
      return [];
    case "not":
      return leavesOf(predicate.of);
    case "all":
    case "any":
      return predicate.of.flatMap(leavesOf);
    default:
      return [predicate];
  }
}

/** What a test compares its field with. */
export function valuesOf(leaf: Leaf): Value[] {
  if (leaf.is === "compare") return [leaf.value];
  return leaf.is === "in" ? leaf.values : [];
}
