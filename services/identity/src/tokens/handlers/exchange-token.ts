import type {
  ExchangeTokenRequest,
  ExchangeTokenResponse,
} from "@guanxi/contract/guanxi/identity/v1/token_service";
import { direct } from "@guanxi/kit/handler";
import { type Exchange, signInOf, tokenOf } from "../exchange.ts";
import { LIFE_S } from "../guanxi-token.ts";

export const exchangeToken = (exchange: Exchange) =>
  direct<ExchangeTokenRequest, ExchangeTokenResponse>(async ({ subjectToken, tenantId }, { now }) => {
    const known = await signInOf(exchange, { token: subjectToken, tenantId, now });
    return {
      accessToken: await tokenOf(exchange, known, now),
      issuedTokenType: "urn:ietf:params:oauth:token-type:access_token",
      tokenType: "Bearer",
      expiresIn: LIFE_S,
    };
  });
