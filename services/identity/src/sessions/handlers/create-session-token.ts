import type {
  CreateSessionTokenRequest,
  CreateSessionTokenResponse,
} from "@guanxi/contract/guanxi/identity/v1/session_service";
import { direct } from "@guanxi/kit/handler";
import { type Exchange, tokenOf } from "../../tokens/exchange.ts";
import { LIFE_S } from "../../tokens/guanxi-token.ts";
import { presentTimes, useSession } from "../sessions.ts";

export const createSessionToken = (exchange: Exchange) =>
  direct<CreateSessionTokenRequest, CreateSessionTokenResponse>(async (request, { now }) => {
    const session = await useSession(exchange.db, request);
    return {
      accessToken: await tokenOf(exchange, session, now),
      expiresIn: LIFE_S,
      times: presentTimes(session),
    };
  });
