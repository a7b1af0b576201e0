import type { Field } from "../../src/filter/catalogue.ts";
import type { Comparison } from "../../src/filter/predicate.ts";
import { NOW, TODAY, type Tree } from "./arbitraries.ts";
import type { Customer } from "./customers.ts";

/** What a tree means, told without any of the compiler's code: the third opinion. */
export function means(tree: Tree, customer: Customer): boolean {
  switch (tree.is) {
    case "true":
    case "false":
      return tree.is === "true";
    case "and":
      return tree.of.every((part) => means(part, customer));
    case "or":
      return tree.of.some((part) => means(part, customer));
    case "not":
      return !means(tree.of, customer);
    default: {
      const value = tree.field.read(customer);
      const absent = value === undefined || (Array.isArray(value) && value.length === 0);
      return !absent && holds(tree, value);
    }
  }
}

function holds(
  tree: Exclude<Tree, { is: "and" | "or" | "not" | "true" | "false" }>,
  value: unknown,
): boolean {
  switch (tree.is) {
    case "has":
      return true;
    case "flag":
      return value === true;
    case "compare":
      return compares(tree.op, order(value, tree.value));
    case "now":
      return compares(
        tree.op,
        order(value, tree.field.type === "date" ? dayAfter(tree.plus) : new Date(NOW.getTime() + tree.plus)),
      );
    case "in":
      return tree.values.some((item) => order(value, item) === 0);
    case "startsWith":
      return (value as string).startsWith(tree.text);
    case "contains":
      return (value as string).includes(tree.text);
    case "tagged":
    case "exists":
      return (value as string[]).includes(tree.text);
  }
}

function compares(op: Comparison, order: number): boolean {
  const equal = order === 0;
  const less = order < 0;
  return { "==": equal, "!=": !equal, "<": less, "<=": less || equal, ">": !less && !equal, ">=": !less }[op];
}

/** Text by its UTF-8 bytes, which is code point order. */
function order(a: unknown, b: unknown): number {
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  const [left, right] = [a, b].map((value) => (value instanceof Date ? value.getTime() : value)) as [
    bigint,
    bigint,
  ];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** The tree as a person would write it. */
export function write(tree: Tree): string {
  switch (tree.is) {
    case "true":
    case "false":
      return tree.is;
    case "and":
    case "or":
      return `(${tree.of.map(write).join(tree.is === "and" ? " && " : " || ")})`;
    case "not":
      return tree.of.is === "and" || tree.of.is === "or" ? `!${write(tree.of)}` : `!(${write(tree.of)})`;
    case "has":
      return `has(${tree.field.name})`;
    case "flag":
      return tree.field.name;
    case "compare": {
      const [name, value] = [tree.field.name, literal(tree.field, tree.value)];
      return tree.flipped ? `${value} ${MIRROR[tree.op]} ${name}` : `${name} ${tree.op} ${value}`;
    }
    case "now":
      return `${tree.field.name} ${tree.op} ${moment(tree.field, tree.plus)}`;
    case "in":
      return `${tree.field.name} in [${tree.values.map((value) => literal(tree.field, value)).join(", ")}]`;
    case "startsWith":
    case "contains":
      return `${tree.field.name}.${tree.is}(${quote(tree.text)})`;
    case "tagged":
      return `${quote(tree.text)} in ${tree.field.name}`;
    case "exists":
      return `${tree.field.name}.exists(t, t == ${quote(tree.text)})`;
  }
}

const MIRROR: Record<Comparison, Comparison> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function moment(field: Field<Customer>, plus: number): string {
  const [name, unit] = field.type === "date" ? (["today", "h"] as const) : (["now", "ms"] as const);
  const size = unit === "h" ? 24 * Math.abs(plus) : Math.abs(plus);
  return plus === 0 ? name : `${name} ${plus < 0 ? "-" : "+"} duration("${size}${unit}")`;
}

const dayAfter = (days: number) => new Date(Date.parse(TODAY) + days * 86_400_000).toISOString().slice(0, 10);

function literal(field: Field<Customer>, value: unknown): string {
  if (field.type === "decimal") return decimal(value as bigint);
  if (field.type === "time") return `timestamp("${(value as Date).toISOString()}")`;
  return typeof value === "string" ? quote(value) : String(value);
}

function decimal(micros: bigint): string {
  const sign = micros < 0n ? "-" : "";
  const digits = String(micros < 0n ? -micros : micros).padStart(7, "0");
  const fraction = digits.slice(-6).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -6)}${fraction && `.${fraction}`}`;
}

/** Half of the texts as they are, the other half (by length) as escapes. */
function quote(text: string): string {
  const escape = (character: string) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`;
  if (text.length % 2 === 1) return `"${Array.from(text, escape).join("")}"`;
  return `"${text.replace(/[\\"\n\r]/g, escape)}"`;
}
