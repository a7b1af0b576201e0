import {
  fromJson,
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
} from "@bufbuild/protobuf";
import type { Violation } from "@guanxi/kit/status";
import { fieldOf, ourMessage } from "./fields.ts";

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

/** The violations of the parts of a field, or of the field itself where it has no parts of ours. */
function* inside(field: DescField, value: JsonValue, prefix: string, error: Error): Generator<Violation> {
  const path = prefix + field.name;
  const message = ourMessage(field);
  if (message && field.fieldKind === "message" && isObject(value)) yield* search(message, value, `${path}.`);
  else if (message && field.fieldKind === "list" && Array.isArray(value)) yield* each(message, value, path);
  else yield { field: path, description: plain(error) };
}

function* each(message: DescMessage, values: JsonValue[], path: string): Generator<Violation> {
  for (const [index, value] of values.entries()) {
    const at = `${path}[${index}]`;
    if (isObject(value)) yield* search(message, value, `${at}.`);
    else yield { field: at, description: "must be an object" };
  }
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
