import { isDeepStrictEqual } from "node:util";
import { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { VisitChanged } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { UpdateVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock } from "@guanxi/kit/store";
import { requireFree } from "../../tasks/bookings.ts";
import { present } from "../present.ts";
import { changeVisit } from "../visit.ts";
import { keepVisit } from "../visit-clock.ts";
import { visits } from "../visits.ts";

export const updateVisit = command<UpdateVisitRequest, Visit>(async (request, at) => {
  const { visit: sent, etag, updateMask } = request;
  const before = await lock(at, visits, sent?.visitId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Visit, merge(Visit, present(before), sent, updateMask), "visit");
  const after = changeVisit(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  const span = { start: after.plannedStartTime, end: after.plannedEndTime };
  await requireFree(at, after.userId, span, after.visitId);
  return present(keepVisit(at, after, VisitChanged));
});
