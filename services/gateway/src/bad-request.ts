import {
  fromJson,
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
} from "@bufbuild/protobuf";
import type { Violation } from "@guanxi/kit/status";
import { fieldOf, isOurs } from "./fields.ts";

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
  const message = field.message && isOurs(field.message) ? field.message : undefined;
  if (message && field.fieldKind === "message" && isObject(value))
    return yield* search(message, value, `${path}.`);
  if (!message || field.fieldKind !== "list" || !Array.isArray(value))
    return yield { field: path, description: plain(error) };
  for (const [index, each] of value.entries()) {
    const at = `${path}[${index}]`;
    if (isObject(each)) yield* search(message, each, `${at}.`);
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

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
