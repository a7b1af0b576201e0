// A condition held against one customer: whether it is fulfilled, by what, and until when at the earliest.
import type { At } from "@guanxi/kit/at";
import { addDays } from "@guanxi/kit/days";
import type { Catalogue, Field } from "@guanxi/kit/filter/catalogue";
import { compileFilter, type Filter } from "@guanxi/kit/filter/compile";
import { type Leaf, leavesOf, type Scalar, type Value, valuesOf } from "@guanxi/kit/filter/predicate";
import { Refusal, refuse } from "@guanxi/kit/refuse";
import { decimalOf } from "@guanxi/kit/micros";
import type { Right } from "@guanxi/kit/rights";
import { startOfDay } from "../dates.ts";
import { birthdayAfter } from "./age.ts";
import { neededFor, type Subject, subjectFields } from "./subject.ts";

export type Condition = Filter<Subject>;

/** Refuses what is not understood, and a condition over what the person may not read, for it would reveal it. */
export async function compileCondition(at: At, text: string, field: string): Promise<Condition> {
  const condition = compiled(text, await subjectFields(at, text), field);
  const isOpen = leavesOf(condition.predicate).every((leaf) => !neededFor(leaf.field));
  if (!isOpen) await at.ask({ name: "nothing", text: "select" }); // rights are known behind the first answer
  requireKnowable(condition, ({ resource, action }) => at.may(resource, action));
  return condition;
}

/** `may` says what they may do who shall know who fulfils it. */
export function requireKnowable({ predicate }: Condition, may: (right: Right) => boolean): void {
  for (const { field } of leavesOf(predicate)) {
    const right = neededFor(field);
    if (!right || may(right)) continue;
    const advice = `A condition over ${field.name} needs the right ${right.resource}:${right.action}.`;
    throw refuse("forbidden", "FORBIDDEN", advice);
  }
}

function compiled(text: string, catalogue: Catalogue<Subject>, field: string): Condition {
  try {
    return compileFilter(text, catalogue);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const violations = error.violations.map((violation) => ({ ...violation, field }));
    throw refuse("invalid", error.reason, error.message.replace("The filter", "The condition"), violations);
  }
}

/** For each test what the customer has there; what is personal stays with the customer. */
export const reasonOf = ({ predicate }: Condition, subject: Subject): string =>
  cut([...new Set(leavesOf(predicate).map((leaf) => foundBy(leaf, subject)))].join(", "));

const LONGEST = 500;
const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function foundBy(leaf: Leaf, subject: Subject): string {
  const { field } = leaf;
  if (field.personal) return `${field.name} (personal)`;
  if (leaf.is !== "tagged") return `${field.name} = ${textOf(field, subject) || "none"}`;
  const has = (field.read(subject as never) as readonly string[]).includes(leaf.tag);
  return `"${leaf.tag}" ${has ? "in" : "not in"} ${field.name}`;
}

/** What a customer has in a field, for people; empty for nothing. */
export function textOf({ type, read }: Field, subject: Subject): string {
  const value: unknown = read(subject as never);
  if (value === undefined || value === null) return "";
  if (type === "decimal") return decimalOf(value as bigint);
  if (type === "time") return (value as Date).toISOString();
  return type === "tags" ? (value as readonly string[]).join(", ") : String(value);
}

/** A test as one writes it. */
export function testOf(leaf: Leaf): string {
  const { name, type } = leaf.field;
  const text = (value: Value) => valueText(value, type);
  switch (leaf.is) {
    case "compare":
      return `${name} ${leaf.op} ${text(leaf.value)}`;
    case "in":
      return `${name} in [${leaf.values.map(text).join(", ")}]`;
    case "tagged":
      return `${JSON.stringify(leaf.tag)} in ${name}`;
    case "has":
      return `has(${name})`;
    default:
      return `${name}.${leaf.is}(${JSON.stringify(leaf.text)})`;
  }
}

const HOUR_MS = 3_600_000n;

function valueText(value: Value, type: Field["type"]): string {
  if ("constant" in value) return constantText(value.constant, type);
  const ms = value.variable === "now" ? value.plus : BigInt(value.days) * 24n * HOUR_MS;
  if (ms === 0n) return value.variable;
  const size = ms < 0n ? -ms : ms;
  const duration = size % HOUR_MS === 0n ? `${size / HOUR_MS}h` : `${size}ms`;
  return `${value.variable} ${ms < 0n ? "-" : "+"} duration("${duration}")`;
}

function constantText(constant: Scalar, type: Field["type"]): string {
  if (typeof constant !== "bigint") return JSON.stringify(constant);
  if (type === "decimal") return decimalOf(constant);
  return type === "time" ? `timestamp("${new Date(Number(constant)).toISOString()}")` : String(constant);
}

type Moment = Pick<At, "now" | "timeZone">;

/**
 * The first instant at which any test may turn by the passing of time alone; facts that are counted over the last days say so
 * themselves. A test turns when the moment it compares with reaches the value, and once more behind it.
 */
export function nextTurn({ predicate }: Condition, subject: Subject, at: Moment): Date | undefined {
  const turns = leavesOf(predicate).flatMap((leaf) => turnsOf(leaf, subject, at));
  return turns.length === 0 ? undefined : new Date(Math.min(...turns));
}

function turnsOf(leaf: Leaf, subject: Subject, { now, timeZone }: Moment): number[] {
  const { today, customer } = subject;
  if (leaf.field.name === "age" && customer.birthDay !== null)
    return [startOfDay(birthdayAfter(customer.birthDay, today), timeZone).getTime()];
  const found: unknown = leaf.field.read(subject as never);
  if (found === undefined || found === null) return [];
  const turns = valuesOf(leaf).flatMap((value) => {
    if (!("variable" in value)) return [];
    if (value.variable === "now") {
      const meets = (found as Date).getTime() - Number(value.plus);
      return [meets, meets + 1];
    }
    const meets = addDays(found as string, -value.days);
    return [meets, addDays(meets, 1)].map((day) => startOfDay(day, timeZone).getTime());
  });
  return turns.filter((time) => time > now.getTime());
}
