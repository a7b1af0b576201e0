import type { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { VisitCheckedIn } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { CheckInVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { checkIn } from "../visit.ts";
import { keepVisit } from "../visit-clock.ts";
import { visits } from "../visits.ts";

export const checkInVisit = command<CheckInVisitRequest, Visit>(async (request, at) => {
  const before = await lock(at, visits, request.visitId);
  matchEtag(before, request.etag);
  return present(keepVisit(at, checkIn(before, request.checkIn, at.now), VisitCheckedIn));
});
