// From the proof of who somebody is to the token that every service takes.
import { randomUUID } from "node:crypto";
import type { Db } from "@guanxi/kit/db";
import type { Row, Statement } from "@guanxi/kit/flush";
import type { Log } from "@guanxi/kit/log";
import { type Refusal, refuse } from "@guanxi/kit/refuse";
import { signToken } from "./guanxi-token.ts";
import { isOurFault, type Proven, subjectOf, type TrustedIssuer } from "./id-token.ts";
import type { Keys } from "./keys.ts";
import { chooseSignIn, invalidSubjectToken, type SignIn } from "./sign-in.ts";
import { signInsOf } from "./sign-ins.ts";

export interface Exchange {
  readonly db: Pick<Db, "pool">;
  readonly keys: Keys;
  readonly trusted: TrustedIssuer;
  readonly tokenIssuer: string;
  readonly log: Log;
}

interface Shown {
  readonly token: string;
  readonly tenantId: string;
  readonly now: Date;
}

/** A person as a user of a tenant, or a service of this installation. */
type Known = SignIn | { readonly service: string };

export async function signInOf(exchange: Exchange, { token, tenantId, now }: Shown): Promise<Known> {
  const { subject, isService } = await verified(exchange, token, now);
  return isService ? { service: subject } : userOf(exchange, subject, tenantId);
}

export function tokenOf(
  { keys, trusted, tokenIssuer }: Exchange,
  known: Pick<SignIn, "tenantId" | "userId" | "displayName"> | { readonly service: string },
  now: Date,
): Promise<string> {
  const bearer =
    "service" in known
      ? { subject: known.service, name: known.service }
      : { subject: known.userId, tenantId: known.tenantId, name: known.displayName };
  const claims = { ...bearer, issuer: tokenIssuer, clientId: trusted.audience, tokenId: randomUUID() };
  return signToken(claims, keys.signing(now), now);
}

async function verified({ trusted, log }: Exchange, token: string, now: Date): Promise<Proven> {
  try {
    return await subjectOf(token, trusted, now);
  } catch (error) {
    if (isOurFault(error)) {
      log.error({ err: error }, "the issuer's keys cannot be had");
      throw refuse("unavailable", "KEYS_UNAVAILABLE", "Nobody can sign in at the moment: try again.");
    }
    log.warn({ why: (error as Error).message }, "a subject token was refused");
    throw invalidSubjectToken();
  }
}

async function userOf({ db, trusted, log }: Exchange, subject: string, wanted: string): Promise<SignIn> {
  const ask = async ({ text, values = [] }: Statement) => (await db.pool.query<Row>(text, [...values])).rows;
  const signIns = await signInsOf(ask, { issuer: trusted.issuer, subject });
  try {
    return chooseSignIn(signIns, wanted);
  } catch (error) {
    log.warn(
      { users: signIns.map(({ userId }) => userId), why: (error as Refusal).reason },
      "a sign-in was refused",
    );
    throw error;
  }
}
