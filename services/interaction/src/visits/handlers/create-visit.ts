import { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { VisitPlanned } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { CreateVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import { command } from "@guanxi/kit/handler";
import { actingUser, requireUser } from "@guanxi/kit/users";
import { requireFree } from "../../tasks/bookings.ts";
import { present } from "../present.ts";
import { planVisit } from "../visit.ts";
import { keepVisit } from "../visit-clock.ts";

export const createVisit = command<CreateVisitRequest, Visit>(async (request, at) => {
  const sent = Visit.fromPartial(request.visit ?? {});
  const visit = planVisit(sent, at.newId(), { now: at.now, userId: actingUser(at) });
  const span = { start: visit.plannedStartTime, end: visit.plannedEndTime };
  await Promise.all([
    requireCustomer(at, sent.customerId, "visit.customer_id"),
    requireUser(at, sent.userId, "visit.user_id"),
    requireFree(at, visit.userId, span, visit.visitId),
  ]);
  return present(keepVisit(at, visit, VisitPlanned));
});
