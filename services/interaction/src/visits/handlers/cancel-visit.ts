import type { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { VisitCancelled } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { CancelVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { endVisit } from "../visit.ts";
import { keepVisit } from "../visit-clock.ts";
import { visits } from "../visits.ts";

export const cancelVisit = command<CancelVisitRequest, Visit>(async (request, at) => {
  const before = await lock(at, visits, request.visitId);
  matchEtag(before, request.etag);
  const after = endVisit(before, "CANCELLED", at.now);
  if (after === before) return present(before);
  return present(keepVisit(at, after, VisitCancelled, { reason: request.reason }));
});
