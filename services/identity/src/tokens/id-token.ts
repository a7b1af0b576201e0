// Who a token of the trusted issuer speaks of.
import { readFile } from "node:fs/promises";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
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
  /** Where it is another that speaks for the services. */
  readonly platform?: Platform | undefined;
}

/** An issuer that has its own names for the services, and of which people get no token. */
export interface Platform {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** The service that a subject is. */
  readonly services: ReadonlyMap<string, string>;
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
  const { platform, audience, serviceAudience } = trusted;
  // What is read here is believed by nobody: it only says whose keys the token has to fit.
  if (platform && decodeJwt(token).iss === platform.issuer)
    return serviceOf(await verified(token, platform, [serviceAudience], now), platform);
  const payload = await verified(token, trusted, platform ? [audience] : [audience, serviceAudience], now);
  const isService = [payload.aud].flat().includes(serviceAudience);
  if (isService !== SERVICE.test(payload.sub))
    throw new errors.JWTInvalid("services and people have audiences of their own");
  return { subject: payload.sub, isService };
}

function serviceOf({ sub }: Named, { services }: Platform): Proven {
  const service = services.get(sub);
  if (!service) throw new errors.JWTInvalid("the platform's token is of none of the services");
  return { subject: `service:${service}`, isService: true };
}

type Named = JWTPayload & { readonly sub: string };

async function verified(
  token: string,
  { issuer, keys }: Pick<TrustedIssuer, "issuer" | "keys">,
  audience: string[],
  now: Date,
): Promise<Named> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    requiredClaims: ["sub", "exp"],
    clockTolerance: CLOCK_SKEW_S,
    currentDate: now,
  });
  // An access token of the same issuer may have been handed to anybody's server; only an id token is for us.
  const { typ = "JWT" } = protectedHeader;
  if (typ.toUpperCase() !== "JWT") throw new errors.JWTInvalid("a token of another type is no id token");
  if (!payload.sub) throw new errors.JWTInvalid("the token names nobody");
  return { ...payload, sub: payload.sub };
}

/** The issuer's keys could not be had, which says nothing about the token. */
export const isOurFault = (error: unknown) =>
  !(error instanceof errors.JOSEError) ||
  error.code === "ERR_JWKS_TIMEOUT" ||
  error.code === "ERR_JOSE_GENERIC";

export const keysIn = (text: string): JWTVerifyGetKey => createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);

/** Never too old: with the issuer away, the keys that are known go on being good. An unknown one is asked for. */
export const keysAt = (url: string, tokenFile?: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), {
    cacheMaxAge: Infinity,
    cooldownDuration: 5_000,
    ...(tokenFile && { [customFetch]: asking(tokenFile) }),
  });

/** The file is read each time: the platform changes what is in it every hour. */
const asking =
  (tokenFile: string): typeof fetch =>
  async (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer ${(await readFile(tokenFile, "utf8")).trim()}`);
    return fetch(url, { ...init, headers });
  };
