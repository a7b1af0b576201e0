import type { DescField, DescMessage, JsonObject } from "@bufbuild/protobuf";
import { type Contract, optionOf } from "./contract.ts";
import type { Violation } from "./status.ts";

/** More than any request has use for, and few enough to be looked through at once. */
const MOST_VALUES = 10_000;

/**
 * The first list that is too long, or all of a message with too many values: asked before the rules, which look at every
 * value of a list even where the list is too long, and would keep everybody waiting for seconds.
 */
export function tooMany(contract: Contract, desc: DescMessage, message: unknown): Violation | undefined {
  const budget = { left: MOST_VALUES };
  const found = inMessage(desc, message as Fields, "");
  return found;

  function inMessage(type: DescMessage, fields: Fields, path: string): Violation | undefined {
    for (const field of type.fields) {
      const value = fields[field.localName];
      if (value === undefined || value === null) continue;
      const found = inField(field, value, path ? `${path}.${field.name}` : field.name);
      if (found) return found;
    }
    return undefined;
  }

  function inField(field: DescField, value: unknown, path: string): Violation | undefined {
    if (field.fieldKind === "message") return inMessage(field.message, value as Fields, path);
    if (field.fieldKind !== "list" && field.fieldKind !== "map") return undefined;
    const values = Array.isArray(value) ? value : Object.values(value as object);
    const most = Math.min(mostOf(contract, field), budget.left);
    if (values.length > most)
      return { field: path, description: `must hold at most ${most} values`, reason: "TOO_MANY" };
    budget.left -= values.length;
    return field.message
      ? firstOf(values, (each) => inMessage(field.message, each as Fields, path))
      : undefined;
  }
}

type Fields = Record<string, unknown>;

function firstOf<T, R>(values: readonly T[], look: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = look(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

const known = new WeakMap<DescField, number>();

function mostOf(contract: Contract, field: DescField): number {
  const most = known.get(field) ?? ruleOf(contract, field);
  known.set(field, most);
  return most;
}

function ruleOf(contract: Contract, field: DescField): number {
  const rules = optionOf(contract, field, "buf.validate.field") as JsonObject | undefined;
  const { maxItems } = (rules?.repeated ?? {}) as JsonObject;
  const { maxPairs } = (rules?.map ?? {}) as JsonObject;
  return Number(maxItems ?? maxPairs ?? MOST_VALUES);
}
