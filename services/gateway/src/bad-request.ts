import {
  fromJson,
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
} from "@bufbuild/protobuf";
import type { Violation } from "@guanxi/kit/status";
import { fieldOf, plainMessage } from "./fields.ts";

const MOST = 20;

/**
 * fromJson names the first thing it does not like, without the way to it. Only after a failure: each part is tried
 * alone, and the ones that fail are opened further, which gives every violation with its whole path.
 */
export function violationsOf(message: DescMessage, json: JsonObject, error: Error): Violation[] {
  const found = search(message, json, "").take(MOST).toArray();
  // Parts that are good alone and clash together: two members of a oneof.
  return found.length > 0 ? found : [{ field: "", description: plain(error) }];
}

function* search(message: DescMessage, json: JsonObject, prefix: string): Generator<Violation> {
  for (const [key, value] of Object.entries(json)) {
    const error = failure(message, { [key]: value });
    const field = fieldOf(message, key);
    if (error && !field) yield { field: prefix + key, description: "unknown field", reason: "UNKNOWN_FIELD" };
    if (error && field) yield* inside(field, value, prefix, error);
  }
}

/** The violations of the parts of a field, or of the field itself where it has no parts. */
function* inside(field: DescField, value: JsonValue, prefix: string, error: Error): Generator<Violation> {
  const path = prefix + field.name;
  const message = plainMessage(field);
  if (message && field.fieldKind === "message" && isObject(value)) yield* search(message, value, `${path}.`);
  else if (field.fieldKind === "list" && Array.isArray(value)) yield* each(field, value, path);
  else yield { field: path, description: describe(field, value, error) };
}

function* each(field: DescField, values: JsonValue[], path: string): Generator<Violation> {
  const message = plainMessage(field);
  for (const [index, value] of values.entries()) {
    const at = `${path}[${index}]`;
    const error = failure(field.parent, { [field.name]: [value] });
    if (!error) continue;
    if (message && isObject(value)) yield* search(message, value, `${at}.`);
    else yield { field: at, description: message ? "must be an object" : describe(field, value, error) };
  }
}

/** What fromJson says of a word that an enum does not know is that word. */
function describe(field: DescField, value: JsonValue, error: Error): string {
  if (!field.enum || typeof value !== "string") return plain(error);
  const known = field.enum.values.filter(({ number }) => number !== 0).map(({ name }) => name);
  return `must be one of ${known.join(", ")}`;
}

function failure(message: DescMessage, json: JsonObject): Error | undefined {
  try {
    fromJson(message, json);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const plain = (error: Error) => error.message.replace(/^cannot decode .*? from JSON: /, "");

export const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
