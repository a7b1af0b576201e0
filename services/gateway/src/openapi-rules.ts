import type { DescField, JsonObject } from "@bufbuild/protobuf";
import { optionOf, type Contract } from "@guanxi/kit/contract";

export interface Rules {
  required: boolean;
  schema: JsonObject;
  items: JsonObject;
}

/** The part of buf.validate that JSON Schema can say; the service checks all of it. */
export function rulesOf(contract: Contract, field: DescField): Rules {
  const all = (optionOf(contract, field, "buf.validate.field") ?? {}) as JsonObject;
  const mayBeEmpty = all.ignore !== undefined && all.ignore !== 0;
  const schema = keywords(all);
  const needed =
    all.required === true || Number(schema.minLength ?? 0) > 0 || Number(schema.minItems ?? 0) > 0;
  const items = keywords(((all.repeated as JsonObject | undefined)?.items ?? {}) as JsonObject);
  // "Empty or a mail address" is no format: a client that checks it would refuse the empty text.
  if (mayBeEmpty) for (const strict of ["pattern", "format"]) delete schema[strict];
  return { required: needed && !mayBeEmpty, schema, items };
}

function keywords(rules: JsonObject): JsonObject {
  const text = (rules.string ?? {}) as JsonObject;
  const number = (rules.int32 ?? rules.uint32 ?? rules.double ?? rules.float ?? {}) as JsonObject;
  const list = (rules.repeated ?? {}) as JsonObject;
  const found: Record<string, JsonObject[string] | undefined> = {
    minLength: size(text.minLen ?? text.len),
    maxLength: size(text.maxLen ?? text.len),
    pattern: text.pattern,
    format: text.email ? "email" : text.uuid ? "uuid" : text.uri ? "uri" : undefined,
    minimum: number.gte,
    maximum: number.lte,
    exclusiveMinimum: number.gt,
    exclusiveMaximum: number.lt,
    minItems: size(list.minItems),
    maxItems: size(list.maxItems),
    uniqueItems: list.unique,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** Lengths are uint64 in the proto, so text in its JSON. */
const size = (value: JsonObject[string] | undefined) => (value === undefined ? undefined : Number(value));
