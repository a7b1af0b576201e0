import type { Empty } from "@guanxi/contract/google/protobuf/empty";
import { ResponseTargetDeleted } from "@guanxi/contract/guanxi/interaction/v1/response_target_events";
import type { DeleteResponseTargetRequest } from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { discard, lock } from "@guanxi/kit/store";
import { responseTargets } from "../response-targets.ts";

export const deleteResponseTarget = command<DeleteResponseTargetRequest, Empty>(async (request, at) => {
  const before = await lock(at, responseTargets, request.responseTargetId);
  requireEtag(before, request.etag);
  discard(at, responseTargets, [before], ResponseTargetDeleted);
  return {};
});
