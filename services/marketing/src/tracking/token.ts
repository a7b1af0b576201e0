// What stands in the links of a message: whose it is and where it leads, signed. So a link leads where it led when the message was
// made. That nobody can have us sign one to a place of theirs, templates/rewrite.ts sees to: only what a template's author has written is.
import { createHmac, timingSafeEqual } from "node:crypto";

const KINDS = ["open", "follow", "unsubscribe"] as const;
export type LinkKind = (typeof KINDS)[number];

export interface Link {
  readonly kind: LinkKind;
  readonly tenantId: string;
  readonly messageId: string;
  /** Where a link to follow leads; empty for the others. */
  readonly target: string;
}

const UUID_BYTES = 16;
const HEAD_BYTES = 1 + 2 * UUID_BYTES;
/** Nobody can try more than a few thousand a second, over the network: 96 bits are far out of reach. */
const MAC_BYTES = 12;

export function signLink({ kind, tenantId, messageId, target }: Link, keys: readonly string[]): string {
  const said = Buffer.concat([
    Buffer.from([KINDS.indexOf(kind)]),
    bytesOf(tenantId),
    bytesOf(messageId),
    Buffer.from(target),
  ]);
  return Buffer.concat([macOf(said, keys[0]!), said]).toString("base64url");
}

/** Undefined where it is none of ours, or of another kind. */
export function readLink(token: string, kind: LinkKind, keys: readonly string[]): Link | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length < MAC_BYTES + HEAD_BYTES || bytes.toString("base64url") !== token) return undefined;
  const [mac, said] = [bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)];
  // All are tried, so that the time tells nothing of which it was.
  const fits = keys.map((key) => timingSafeEqual(macOf(said, key), mac)).includes(true);
  if (!fits || said[0] !== KINDS.indexOf(kind)) return undefined;
  const at = (index: number) => uuidOf(said.subarray(1 + index * UUID_BYTES, 1 + (index + 1) * UUID_BYTES));
  return { kind, tenantId: at(0), messageId: at(1), target: said.subarray(HEAD_BYTES).toString() };
}

const macOf = (said: Buffer, key: string) =>
  createHmac("sha256", `guanxi link ${key}`).update(said).digest().subarray(0, MAC_BYTES);

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll("-", ""), "hex");

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
