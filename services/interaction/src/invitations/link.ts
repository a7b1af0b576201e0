// The link of a mail: whoever has it may answer. The token names the company, so that nobody has to be asked who it is.
import { createHash, randomBytes } from "node:crypto";

const TENANT_BYTES = 16;
const SECRET_BYTES = 24;

export function newToken(tenantId: string): string {
  const tenant = Buffer.from(tenantId.replaceAll("-", ""), "hex");
  return Buffer.concat([tenant, randomBytes(SECRET_BYTES)]).toString("base64url");
}

/** Undefined where it cannot be one of ours. */
export function tenantOf(token: string): string | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== TENANT_BYTES + SECRET_BYTES || bytes.toString("base64url") !== token) return undefined;
  const hex = bytes.subarray(0, TENANT_BYTES).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

export const linkOf = (base: string, token: string): string => `${base.replace(/\/+$/, "")}/${token}`;
