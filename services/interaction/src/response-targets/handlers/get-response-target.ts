import type { ResponseTarget } from "@guanxi/contract/guanxi/interaction/v1/response_target";
import type { GetResponseTargetRequest } from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../response-target.ts";
import { responseTargets } from "../response-targets.ts";

export const getResponseTarget = query<GetResponseTargetRequest, ResponseTarget>(
  async ({ responseTargetId }, at) => present(await get(at, responseTargets, responseTargetId)),
);
