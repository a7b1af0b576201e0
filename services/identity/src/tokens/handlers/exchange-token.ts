import { randomUUID } from "node:crypto";
import type {
  ExchangeTokenRequest,
  ExchangeTokenResponse,
} from "@guanxi/contract/guanxi/identity/v1/token_service";
import type { Db } from "@guanxi/kit/db";
import type { Row, Statement } from "@guanxi/kit/flush";
import { direct } from "@guanxi/kit/handler";
import type { Log } from "@guanxi/kit/log";
import { type Refusal, refuse } from "@guanxi/kit/refuse";
import { type Claims, LIFE_S, signToken } from "../guanxi-token.ts";
import { isOurFault, type Proven, subjectOf, type TrustedIssuer } from "../id-token.ts";
import type { Keys } from "../keys.ts";
import { chooseSignIn, invalidSubjectToken } from "../sign-in.ts";
import { signInsOf } from "../sign-ins.ts";

export interface Exchange {
  readonly db: Pick<Db, "pool">;
  readonly keys: Keys;
  readonly trusted: TrustedIssuer;
  readonly tokenIssuer: string;
  readonly log: Log;
}

export const exchangeToken = (exchange: Exchange) =>
  direct<ExchangeTokenRequest, ExchangeTokenResponse>(async ({ subjectToken, tenantId }, { now }) => {
    const { keys, trusted, tokenIssuer } = exchange;
    const { subject, isService } = await verified(exchange, subjectToken, now);
    const bearer = isService ? { subject, name: subject } : await userOf(exchange, subject, tenantId);
    const claims = { ...bearer, issuer: tokenIssuer, clientId: trusted.audience, tokenId: randomUUID() };
    return {
      accessToken: await signToken(claims, keys.signing(now), now),
      issuedTokenType: "urn:ietf:params:oauth:token-type:access_token",
      tokenType: "Bearer",
      expiresIn: LIFE_S,
    };
  });

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

async function userOf(
  { db, trusted, log }: Exchange,
  subject: string,
  wanted: string,
): Promise<Pick<Claims, "subject" | "tenantId" | "name">> {
  const ask = async ({ text, values = [] }: Statement) => (await db.pool.query<Row>(text, [...values])).rows;
  const signIns = await signInsOf(ask, { issuer: trusted.issuer, subject });
  try {
    const { userId, tenantId, displayName } = chooseSignIn(signIns, wanted);
    return { subject: userId, tenantId, name: displayName };
  } catch (error) {
    log.warn(
      { users: signIns.map(({ userId }) => userId), why: (error as Refusal).reason },
      "a sign-in was refused",
    );
    throw error;
  }
}
