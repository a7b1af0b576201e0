import type { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedDeclined } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { DeclineNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { decline } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";

export const declineNeed = command<DeclineNeedRequest, Need>(async ({ needId, etag, reason }, at) => {
  const before = await lock(at, needs, needId);
  matchEtag(before, etag);
  const after = decline(before, reason, at.now);
  return present(after === before ? before : record(at, needs, after, NeedDeclined));
});
