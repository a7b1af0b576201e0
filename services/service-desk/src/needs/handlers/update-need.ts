import { isDeepStrictEqual } from "node:util";
import { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedChanged } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { UpdateNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";
import { requireReferred } from "../referred.ts";

export const updateNeed = command<UpdateNeedRequest, Need>(async (request, at) => {
  const { need: sent, etag, updateMask } = request;
  const before = await lock(at, needs, sent?.needId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Need, merge(Need, present(before), sent, updateMask), "need");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requireReferred(at, after, before);
  return present(record(at, needs, after, NeedChanged));
});
