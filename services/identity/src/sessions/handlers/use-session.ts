import type {
  UseSessionRequest,
  UseSessionResponse,
} from "@guanxi/contract/guanxi/identity/v1/session_service";
import { direct } from "@guanxi/kit/handler";
import type { Exchange } from "../../tokens/exchange.ts";
import { presentTimes, useSession as use } from "../sessions.ts";

export const useSession = ({ db }: Exchange) =>
  direct<UseSessionRequest, UseSessionResponse>(async (request) => ({
    times: presentTimes(await use(db, request)),
  }));
