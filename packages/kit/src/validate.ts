import { fromBinary, type DescField, type DescMessage, type Message } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import { optionOf, type Contract } from "./contract.ts";
import { tooMany } from "./counts.ts";
import type { Violation } from "./status.ts";
import { refuse } from "./refuse.ts";

/** `at` is where in the request the message stands. */
export type Check = (bytes: Uint8Array, at?: string) => void;

/** Holds bytes against the rules of buf.validate; messages without any rule are not even decoded. */
export function checker(contract: Contract): (message: DescMessage) => Check {
  const validator = createValidator({ registry: contract });
  const checks = new Map<DescMessage, Check>();
  const make = (message: DescMessage): Check => {
    if (!hasRules(contract, message)) return () => {};
    return (bytes, at = "") => {
      const sent = read(message, bytes);
      const excess = tooMany(contract, message, sent);
      if (excess) throw notKept([{ ...excess, field: at ? `${at}.${excess.field}` : excess.field }]);
      const result = validator.validate(message, sent);
      if (result.kind === "error") throw result.error; // a rule that cannot be evaluated is our bug
      if (result.kind === "valid") return;
      const violations = result.violations.map(
        (each): Violation => ({
          field: (at + each.field.map(pathPart).join("")).replace(/^\./, ""),
          description: PLAIN[each.message] ?? each.message,
          reason: each.ruleId.toUpperCase().replaceAll(".", "_"),
        }),
      );
      throw notKept(violations);
    };
  };
  return (message) => {
    const check = checks.get(message) ?? make(message);
    checks.set(message, check);
    return check;
  };
}

const notKept = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);

/** What the library says of the two commonest slips, for people. */
const PLAIN: Record<string, string> = {
  "must not be in list [0]": "must be set",
  "must be at least 1 characters": "must not be empty",
};

/** The generated codecs put a sign in place of what is no UTF-8; this reader refuses it. */
function read(message: DescMessage, bytes: Uint8Array): Message {
  try {
    return fromBinary(message, bytes);
  } catch {
    throw malformed();
  }
}

export const malformed = () =>
  refuse("invalid", "MALFORMED_REQUEST", "The bytes are no message of this method; texts must be UTF-8.");

type PathPart = { kind: string; name?: string; index?: number; key?: unknown };

function pathPart(part: PathPart): string {
  if (part.kind === "list_sub") return `[${part.index}]`;
  if (part.kind === "map_sub") return `[${JSON.stringify(String(part.key))}]`;
  return `.${part.name}`;
}

function hasRules(contract: Contract, message: DescMessage, seen = new Set<DescMessage>()): boolean {
  if (seen.has(message)) return false;
  seen.add(message);
  if (optionOf(contract, message, "buf.validate.message") !== undefined) return true;
  return message.fields.some((field: DescField) => {
    if (optionOf(contract, field, "buf.validate.field") !== undefined) return true;
    return field.message !== undefined && hasRules(contract, field.message, seen);
  });
}
