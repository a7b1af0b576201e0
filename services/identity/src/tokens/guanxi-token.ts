import { importJWK, SignJWT } from "jose";
import type { Key } from "./key.ts";

export const LIFE_S = 300;

interface Claims {
  readonly issuer: string;
  readonly subject: string;
  /** A service has none. */
  readonly tenantId?: string;
  readonly name: string;
  /** For whom the id token had been made. */
  readonly clientId: string;
  readonly tokenId: string;
}

/** An access token as RFC 9068 has it, without any right in it. */
export async function signToken(claims: Claims, key: Key, now: Date): Promise<string> {
  const { issuer, subject, tenantId, name, clientId, tokenId } = claims;
  const time = Math.floor(now.getTime() / 1000);
  return new SignJWT({ name, client_id: clientId, ...(tenantId && { tenant_id: tenantId }) })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: key.keyId })
    .setIssuer(issuer)
    .setAudience("guanxi")
    .setSubject(subject)
    .setIssuedAt(time)
    .setExpirationTime(time + LIFE_S)
    .setJti(tokenId)
    .sign(await importJWK(key.privateJwk, "ES256"));
}
