import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { type Contract, optionOf } from "./contract.ts";

/** What stands where a person may not read who somebody is. Refused in requests, so that it is never written back. */
export const MASK = "***";

type Message = Record<string, unknown>;
type Visit = (value: unknown, personal: boolean) => unknown;

/** Hides all (personal) fields of a message, however deep; undefined where the message has none. */
export function personalMask(
  contract: Contract,
  message: DescMessage,
): ((sent: unknown) => unknown) | undefined {
  if (!hasPersonal(contract, message)) return undefined;
  return (sent) => mask(contract, message, sent as Message, false);
}

function mask(contract: Contract, desc: DescMessage, message: Message, all: boolean): Message {
  const masked: Message = { ...message };
  for (const field of desc.fields) {
    const value = message[field.jsonName];
    if (value === undefined || field.fieldKind === "map") continue;
    const personal = all || isPersonal(contract, field);
    masked[field.jsonName] = Array.isArray(value)
      ? value.map((each) => maskOne(contract, field)(each, personal))
      : maskOne(contract, field)(value, personal);
  }
  return masked;
}

/** Texts are hidden so that one sees there is something; what has no text (a date, a number) is left out. */
const maskOne =
  (contract: Contract, field: DescField): Visit =>
  (value, personal) => {
    const inner = field.message;
    if (inner && isParts(value)) {
      return personal && !inner.fields.some(isText) ? undefined : mask(contract, inner, value, personal);
    }
    return personal ? hidden(field, value) : value;
  };

/** A message has parts; a timestamp is a Date here. */
const isParts = (value: unknown): value is Message =>
  typeof value === "object" && value !== null && !(value instanceof Date);

const HIDDEN: Record<string, unknown> = { number: 0, bigint: 0n, boolean: false };

function hidden(field: DescField, value: unknown): unknown {
  if (isText(field)) return value === "" ? "" : MASK;
  return field.enum ? value : HIDDEN[typeof value];
}

const isText = (field: DescField) => "scalar" in field && field.scalar === 9;

const isPersonal = (contract: Contract, field: DescField) =>
  optionOf(contract, field, "guanxi.options.v1.personal") === true;

function hasPersonal(contract: Contract, message: DescMessage, seen = new Set<DescMessage>()): boolean {
  if (seen.has(message)) return false;
  seen.add(message);
  return message.fields.some(
    (field) => isPersonal(contract, field) || (field.message && hasPersonal(contract, field.message, seen)),
  );
}
