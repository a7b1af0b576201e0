import { isDeepStrictEqual } from "node:util";
import type { DescField, DescMessage, JsonValue } from "@bufbuild/protobuf";
import { scalarZeroValue } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import type { Codec } from "./codec.ts";
import { loadContract, messageOf, optionOf } from "./contract.ts";
import { refuse, type Violation } from "./refuse.ts";

type Message = Record<string, unknown>;

const OUTPUT_ONLY = 3;
const IMMUTABLE = 5;
const IDENTIFIER = 8;

/**
 * The resource after an update: what the mask names is taken from what was sent, all else stays. Without a mask that is
 * what was sent and may be set. The rules of the contract are to be asked of the result.
 */
export function merge<M extends object>(
  codec: Codec<M>,
  before: M,
  sent: M | undefined,
  mask: string[] | undefined,
): M {
  const desc = messageOf(loadContract(), codec.$type);
  const given = (sent ?? {}) as Message;
  const empty = codec.fromPartial({}) as Message;
  const paths = mask?.length ? mask : setFields(desc, given, empty);
  const violations: Violation[] = [];
  const after = structuredClone(before) as Message;
  for (const path of paths) {
    const problem = problemOf(desc, path, before as Message, given);
    if (problem)
      violations.push({ field: `update_mask`, description: `${path} ${problem}`, reason: "INVALID_MASK" });
    else assign(desc, after, given, empty, path.split("."));
  }
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The update mask cannot be used.", violations);
  return after as M;
}

function setFields(desc: DescMessage, given: Message, empty: Message): string[] {
  const isSet = ({ jsonName }: DescField) => jsonName in given && !same(given[jsonName], empty[jsonName]);
  return desc.fields.filter((field) => !isFixed(field) && isSet(field)).map(({ name }) => name);
}

function problemOf(
  desc: DescMessage,
  path: string,
  before: Message,
  given: Message,
  within = false, // something that never changes
): string | undefined {
  if (path === "*") return "is not taken: name the fields";
  const [head = "", ...rest] = path.split(".");
  const field = fieldOf(desc, head);
  if (!field) return "is no field";
  if (isFixed(field)) return "cannot be set";
  const immutable = within || behavesAs(field, IMMUTABLE);
  if (rest.length > 0) return problemInside(field, rest, before, given, immutable);
  return immutable && !same(before[field.jsonName], given[field.jsonName]) ? "never changes" : undefined;
}

function problemInside(
  field: DescField,
  rest: string[],
  before: Message,
  given: Message,
  immutable: boolean,
): string | undefined {
  const inner = field.message;
  if (isStruct(inner)) return rest.length > 1 ? "goes too deep" : undefined;
  if (field.fieldKind !== "message" || !inner) return "goes into something that has no fields";
  return problemOf(inner, rest.join("."), partOf(before, field), partOf(given, field), immutable);
}

function assign(desc: DescMessage, target: Message, given: Message, empty: Message, path: string[]): void {
  const [head = "", ...rest] = path;
  const field = fieldOf(desc, head)!;
  const key = field.jsonName;
  if (rest.length === 0) {
    target[key] = given[key] ?? empty[key];
    return;
  }
  const part = { ...(target[key] ?? emptyOf(field.message)) } as Message;
  target[key] = part;
  const source = partOf(given, field);
  if (!isStruct(field.message)) return assign(field.message!, part, source, {}, rest);
  const name = rest[0]!;
  // Own names only: every object has a "constructor".
  const value = Object.hasOwn(source, name) ? (source[name] as JsonValue | undefined) : undefined;
  if (value === undefined || value === null) delete part[name];
  else part[name] = value;
}

/** A message of which nothing is set, as the codec has one: a part that was absent gets more than the fields that were named. */
function emptyOf(desc: DescMessage | undefined): Message {
  if (!desc || isStruct(desc)) return {};
  return Object.fromEntries(desc.fields.map((field) => [field.jsonName, nothingOf(field)]));
}

function nothingOf(field: DescField): unknown {
  if (field.presence === FeatureSet_FieldPresence.EXPLICIT) return undefined;
  if (field.fieldKind === "list") return [];
  if (field.fieldKind === "map") return {};
  return field.fieldKind === "scalar" ? scalarZeroValue(field.scalar, false) : 0;
}

const fieldOf = (desc: DescMessage, name: string) =>
  desc.fields.find((field) => field.name === name || field.jsonName === name);
const partOf = (message: Message, { jsonName }: DescField) => (message[jsonName] ?? {}) as Message;
const isStruct = (desc: DescMessage | undefined) => desc?.typeName === "google.protobuf.Struct";

const isFixed = (field: DescField) => behavesAs(field, OUTPUT_ONLY) || behavesAs(field, IDENTIFIER);

function behavesAs(field: DescField, behaviour: number): boolean {
  const all = optionOf(loadContract(), field, "google.api.field_behavior") as number[] | undefined;
  return all?.includes(behaviour) ?? false;
}

const same = (one: unknown, other: unknown) => isDeepStrictEqual(one ?? undefined, other ?? undefined);
