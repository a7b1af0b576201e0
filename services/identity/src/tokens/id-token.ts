// Who a token of the trusted issuer speaks of.
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwtVerify,
  type JWTVerifyGetKey,
} from "jose";

export interface TrustedIssuer {
  readonly issuer: string;
  /** For whom an id token of a person must have been made. */
  readonly audience: string;
  /** The same for the platform's token of a service: no person can get one for this audience. */
  readonly serviceAudience: string;
  readonly keys: JWTVerifyGetKey;
}

/** Only what is verified by a public key: with HS256 that public key would be the secret, and `none` is no signature. */
const ALGORITHMS = ["ES256", "RS256"];
const CLOCK_SKEW_S = 60;

export interface Proven {
  readonly subject: string;
  readonly isService: boolean;
}

const SERVICE = /^service:[a-z][a-z-]*$/;

/** Throws what is wrong with the token, without quoting it; that is for the log, not for the caller. */
export async function subjectOf(token: string, trusted: TrustedIssuer, now: Date): Promise<Proven> {
  const { payload, protectedHeader } = await jwtVerify(token, trusted.keys, {
    algorithms: ALGORITHMS,
    issuer: trusted.issuer,
    audience: [trusted.audience, trusted.serviceAudience],
    requiredClaims: ["sub", "exp"],
    clockTolerance: CLOCK_SKEW_S,
    currentDate: now,
  });
  // An access token of the same issuer may have been handed to anybody's server; only an id token is for us.
  const { typ = "JWT" } = protectedHeader;
  if (typ.toUpperCase() !== "JWT") throw new errors.JWTInvalid("a token of another type is no id token");
  if (!payload.sub) throw new errors.JWTInvalid("the token names nobody");
  const isService = [payload.aud].flat().includes(trusted.serviceAudience);
  if (isService !== SERVICE.test(payload.sub))
    throw new errors.JWTInvalid("services and people have audiences of their own");
  return { subject: payload.sub, isService };
}

/** The issuer's keys could not be had, which says nothing about the token. */
export const isOurFault = (error: unknown) =>
  !(error instanceof errors.JOSEError) ||
  error.code === "ERR_JWKS_TIMEOUT" ||
  error.code === "ERR_JOSE_GENERIC";

export const keysIn = (text: string): JWTVerifyGetKey => createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);

/** Never too old: with the issuer away, the keys that are known go on being good. An unknown one is asked for. */
export const keysAt = (url: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { cacheMaxAge: Infinity, cooldownDuration: 5_000 });
