import type { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedReopened } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { ReopenNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { reopen } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";

export const reopenNeed = command<ReopenNeedRequest, Need>(async ({ needId, etag, reason }, at) => {
  const before = await lock(at, needs, needId);
  matchEtag(before, etag);
  return present(record(at, needs, reopen(before, at.now), NeedReopened, { reason }));
});
