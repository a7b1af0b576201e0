import { createHash } from "node:crypto";

/** A UUID of version 8, made of what it names: whoever makes it, and however often, it is the same. */
export function madeId(...names: readonly [string, ...string[]]): string {
  const hash = createHash("sha256").update(JSON.stringify(names)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}
