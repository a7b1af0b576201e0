import { MASK } from "./personal.ts";
import { refuse, type Violation } from "./refuse.ts";

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Postgres stores no NUL, and a masked value that came back would overwrite the true one. Both stand in the request's bytes
 * as they are, so most requests are passed without being walked through.
 */
export function refuseUnstorable(bytes: Buffer, message: unknown): void {
  if (!bytes.includes(0) && !bytes.includes(MASK)) return;
  const violations = [...search(message, "")];
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The request holds texts that cannot be stored.", violations);
}

function* search(value: unknown, path: string): Generator<Violation> {
  if (typeof value === "string") yield* problems(value, path);
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* search(each, `${path}[${index}]`);
  else if (typeof value === "object" && value !== null && !(value instanceof Uint8Array))
    for (const [key, each] of Object.entries(value))
      yield* search(each, path ? `${path}.${snake(key)}` : snake(key));
}

function* problems(text: string, field: string): Generator<Violation> {
  if (text.includes("\0"))
    yield { field, description: "contains a NUL character: remove it", reason: "NUL_CHARACTER" };
  if (text === MASK)
    yield { field, description: "is masked for you, so leave it out", reason: "MASKED_VALUE" };
}
