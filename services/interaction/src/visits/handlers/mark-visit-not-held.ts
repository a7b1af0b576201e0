import type { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { VisitNotHeld } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { MarkVisitNotHeldRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { endVisit } from "../visit.ts";
import { keepVisit } from "../visit-clock.ts";
import { visits } from "../visits.ts";

export const markVisitNotHeld = command<MarkVisitNotHeldRequest, Visit>(async (request, at) => {
  const before = await lock(at, visits, request.visitId);
  matchEtag(before, request.etag);
  const after = endVisit(before, "NOT_HELD", at.now);
  if (after === before) return present(before);
  return present(keepVisit(at, after, VisitNotHeld, { reason: request.reason }));
});
