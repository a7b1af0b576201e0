import type {
  EndSessionRequest,
  EndSessionResponse,
} from "@guanxi/contract/guanxi/identity/v1/session_service";
import { direct } from "@guanxi/kit/handler";
import type { Exchange } from "../../tokens/exchange.ts";
import { endSession as end } from "../sessions.ts";

export const endSession = ({ db }: Exchange) =>
  direct<EndSessionRequest, EndSessionResponse>(async ({ sessionKey }) => {
    await end(db, sessionKey);
    return {};
  });
