// What JSON can say and the inside cannot keep: Postgres has no NUL in text, protobuf no half of a surrogate pair,
// JavaScript no number beyond its largest. Found here, where the field can still be named.
import { ScalarType, type DescField, type DescMessage, type JsonValue } from "@bufbuild/protobuf";
import type { Violation } from "@guanxi/kit/status";
import { fieldOf, plainMessage } from "./fields.ts";

/** Readers of protobuf stop at 100 messages, and each level of a Struct or a Value is two or three of them. */
const DEEPEST = 32;
const WIDE = new Set([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.SINT64,
  ScalarType.FIXED64,
  ScalarType.SFIXED64,
]);

interface Spot {
  path: string;
  depth: number;
  /** The message whose fields the keys name; undefined below a Struct or a map. */
  message?: DescMessage | undefined;
  field?: DescField | undefined;
}

/** The first value that cannot be kept; undefined where all can. */
export function unkeepable(message: DescMessage, json: JsonValue): Violation | undefined {
  return inspect(json, { path: "", depth: 0, message });
}

function inspect(value: JsonValue, spot: Spot): Violation | undefined {
  if (typeof value === "string") return inspectText(value, spot.path);
  if (typeof value === "number") return inspectNumber(value, spot);
  if (typeof value !== "object" || value === null) return undefined;
  if (spot.depth >= DEEPEST)
    return { field: spot.path, description: `is nested more than ${DEEPEST} deep`, reason: "TOO_DEEP" };
  return Array.isArray(value) ? inspectList(value, spot) : inspectObject(value, spot);
}

function inspectText(text: string, path: string): Violation | undefined {
  if (!text.isWellFormed())
    return { field: path, description: "has half of a surrogate pair", reason: "BROKEN_TEXT" };
  if (text.includes("\0")) return { field: path, description: "has a NUL character", reason: "BROKEN_TEXT" };
  return undefined;
}

function inspectNumber(value: number, { path, field }: Spot): Violation | undefined {
  if (!Number.isFinite(value))
    return { field: path, description: "is too large a number", reason: "TOO_LARGE" };
  const wide = field && "scalar" in field && field.scalar !== undefined && WIDE.has(field.scalar);
  if (wide && !Number.isSafeInteger(value))
    return { field: path, description: "must be sent as text to stay exact", reason: "INEXACT" };
  return undefined;
}

function inspectList(values: JsonValue[], { path, depth, message, field }: Spot): Violation | undefined {
  for (const [index, value] of values.entries()) {
    const found = inspect(value, { path: `${path}[${index}]`, depth: depth + 1, message, field });
    if (found) return found;
  }
  return undefined;
}

function inspectObject(
  object: Record<string, JsonValue>,
  { path, depth, message }: Spot,
): Violation | undefined {
  for (const key of Object.keys(object)) {
    const field = message && fieldOf(message, key);
    const name = field?.name ?? key;
    const spot = {
      path: path ? `${path}.${name}` : name,
      depth: depth + 1,
      message: field && plainMessage(field),
      field,
    };
    const found = inspectKey(key, path) ?? inspect(object[key]!, spot);
    if (found) return found;
  }
  return undefined;
}

/** `__proto__` as a key would be no entry of a map but its prototype, and gone. */
const inspectKey = (key: string, path: string): Violation | undefined =>
  key === "__proto__"
    ? { field: path, description: "has a key that cannot be kept: __proto__", reason: "BROKEN_TEXT" }
    : inspectText(key, path);
