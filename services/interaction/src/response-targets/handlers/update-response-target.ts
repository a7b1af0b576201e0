import { isDeepStrictEqual } from "node:util";
import { ResponseTarget } from "@guanxi/contract/guanxi/interaction/v1/response_target";
import { ResponseTargetChanged } from "@guanxi/contract/guanxi/interaction/v1/response_target_events";
import type { UpdateResponseTargetRequest } from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change, present } from "../response-target.ts";
import { responseTargets } from "../response-targets.ts";

export const updateResponseTarget = command<UpdateResponseTargetRequest, ResponseTarget>(
  async (request, at) => {
    const { responseTarget: sent, etag, updateMask } = request;
    const before = await lock(at, responseTargets, sent?.responseTargetId ?? "");
    requireEtag(before, etag);
    const wanted = merge(ResponseTarget, present(before), sent, updateMask);
    const after = change(before, at.check(ResponseTarget, wanted, "response_target"), at.now);
    if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
    return present(record(at, responseTargets, after, ResponseTargetChanged));
  },
);
