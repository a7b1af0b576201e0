import { createHash } from "node:crypto";
import type { Compared } from "./compared.ts";

/** Of everything that is compared, and of nothing else: a new grade leaves a pair as it is. */
export function fingerprintOf({ customerId: _customerId, custom, ...rest }: Compared): string {
  const own = [...custom].sort(([a], [b]) => (a < b ? -1 : 1)); // no key is there twice
  const text = JSON.stringify({ ...rest, custom: own });
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
