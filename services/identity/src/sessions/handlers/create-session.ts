import type {
  CreateSessionRequest,
  CreateSessionResponse,
} from "@guanxi/contract/guanxi/identity/v1/session_service";
import { direct } from "@guanxi/kit/handler";
import { type Exchange, signInOf } from "../../tokens/exchange.ts";
import { invalidSubjectToken } from "../../tokens/sign-in.ts";
import { newSessionKey } from "../session.ts";
import { beginSession, presentTimes } from "../sessions.ts";

export const createSession = (exchange: Exchange) =>
  direct<CreateSessionRequest, CreateSessionResponse>(async ({ idToken, tenantId }, { now }) => {
    const signIn = await signInOf(exchange, { token: idToken, tenantId, now });
    if ("service" in signIn) throw invalidSubjectToken(); // a service has no browser
    const sessionKey = newSessionKey();
    const times = presentTimes(await beginSession(exchange.db, sessionKey, signIn));
    return { sessionKey, userId: signIn.userId, displayName: signIn.displayName, times };
  });
