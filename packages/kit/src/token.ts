import { createHash } from "node:crypto";
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from "jose";
import type { Principal } from "./at.ts";
import { refuse } from "./refuse.ts";

/** Who a token says that its bearer is. */
export interface Bearer {
  readonly principal: Principal;
  /** Empty for a service, which belongs to no tenant. */
  readonly tenantId: string;
}

export interface TokenOptions {
  readonly issuer: string;
  /** Where identity shows its public keys. */
  readonly keysUrl: string;
}

const AUDIENCE = "guanxi";
const MOST = 10_000;
const CLOCK_SKEW_S = 60;

/** Verifies a token once and remembers it, by its hash, until it expires. */
export function tokenCheck({ issuer, keysUrl }: TokenOptions): (authorization: string) => Promise<Bearer> {
  // Never too old: with identity away, the keys that are known go on being good. An unknown one is asked for.
  const keys = createRemoteJWKSet(new URL(keysUrl), { cacheMaxAge: Infinity, cooldownDuration: 5_000 });
  const known = new Map<string, { readonly bearer: Bearer; readonly expires: number }>();

  async function verify(token: string): Promise<{ bearer: Bearer; expires: number }> {
    const rules = {
      issuer,
      audience: AUDIENCE,
      algorithms: ["ES256"],
      typ: "at+jwt",
      clockTolerance: CLOCK_SKEW_S,
    };
    const { payload } = await jwtVerify(token, keys, rules);
    return { bearer: bearerOf(payload), expires: (payload.exp! + CLOCK_SKEW_S) * 1000 };
  }

  return async (authorization) => {
    const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
    if (!token) throw unauthenticated("Send a token: Authorization: Bearer …");
    const hash = createHash("sha256").update(token).digest("base64url");
    const remembered = known.get(hash);
    if (remembered && remembered.expires > Date.now()) return remembered.bearer;
    const verified = await verify(token).catch((error: Error & { code?: string }) => {
      if (isOurFault(error))
        throw refuse("unavailable", "KEYS_UNAVAILABLE", "Tokens cannot be checked at the moment.");
      throw unauthenticated(
        "The token is not valid, or no longer: they last five minutes, so get a new one.",
      );
    });
    if (known.size >= MOST) known.delete(known.keys().next().value!);
    known.set(hash, verified);
    return verified.bearer;
  };
}

/** Keys that could not be fetched say nothing about the token. */
const isOurFault = ({ code }: { code?: string }) =>
  code === undefined || code === "ERR_JWKS_TIMEOUT" || code === "ERR_JOSE_GENERIC";

function bearerOf({ sub = "", exp, ...claims }: JWTPayload): Bearer {
  if (!sub || !exp) throw unauthenticated("The token names nobody.");
  const name = typeof claims.name === "string" ? claims.name : "";
  if (sub.startsWith("service:")) {
    return { tenantId: "", principal: { kind: "service", id: sub.slice("service:".length), name } };
  }
  const tenantId = claims.tenant_id;
  if (typeof tenantId !== "string") throw unauthenticated("The token names no tenant.");
  return { tenantId, principal: { kind: "user", id: sub, name } };
}

const unauthenticated = (message: string) => refuse("unauthenticated", "UNAUTHENTICATED", message);
