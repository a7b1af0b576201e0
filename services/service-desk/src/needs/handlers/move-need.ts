import { type Need, Need_Status } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedMoved } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { MoveNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { move } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";

export const moveNeed = command<MoveNeedRequest, Need>(async ({ needId, etag, status, reason }, at) => {
  const before = await lock(at, needs, needId);
  matchEtag(before, etag);
  const after = move(before, nameOf(Need_Status, status)!, at.now);
  return present(after === before ? before : record(at, needs, after, NeedMoved, { reason }));
});
