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
  const items = keywords(((all.repeated as JsonObject | undefined)?.items ?? {}) as JsonObject);
  const needed = all.required === true || isPositive(schema.minLength) || isPositive(schema.minItems);
  // "Empty or a mail address" is no format: a client that checks it would refuse the empty text.
  if (mayBeEmpty) for (const strict of ["pattern", "format"]) delete schema[strict];
  return { required: needed && !mayBeEmpty, schema, items };
}

const isPositive = (value: JsonObject[string] | undefined) => Number(value ?? 0) > 0;

function keywords({ string, repeated, int32, uint32, double, float }: JsonObject): JsonObject {
  const number = int32 ?? uint32 ?? double ?? float;
  const found = {
    ...textKeywords((string ?? {}) as JsonObject),
    ...numberKeywords((number ?? {}) as JsonObject),
    ...listKeywords((repeated ?? {}) as JsonObject),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as JsonObject;
}

const textKeywords = ({ minLen, maxLen, len, pattern, ...rules }: JsonObject) => ({
  minLength: size(minLen ?? len),
  maxLength: size(maxLen ?? len),
  pattern,
  format: ["email", "uuid", "uri"].find((format) => rules[format]),
});

const numberKeywords = ({ gte, lte, gt, lt }: JsonObject) => ({
  minimum: gte,
  maximum: lte,
  exclusiveMinimum: gt,
  exclusiveMaximum: lt,
});

const listKeywords = ({ minItems, maxItems, unique }: JsonObject) => ({
  minItems: size(minItems),
  maxItems: size(maxItems),
  uniqueItems: unique,
});

/** Lengths are uint64 in the proto, so text in its JSON. */
const size = (value: JsonObject[string] | undefined) => (value === undefined ? undefined : Number(value));
