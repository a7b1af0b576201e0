import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAssigned } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { RouteCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { decisionFor, placeBy } from "../../routing/route.ts";
import { place } from "../case.ts";
import { requireOpen } from "../case-status.ts";
import { checklisted } from "../checklist.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const routeCase = command<RouteCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  requireOpen(before);
  const decision = await decisionFor(at, before);
  // Somebody works on it perhaps, and nobody else is named.
  if (decision.reception.queueId === null) return present(before);
  const placing = await placeBy(at, before, decision);
  if (placing.queueId === before.queueId && placing.assigneeId === before.assigneeId) return present(before);
  const after = await checklisted(at, before, place(before, placing, at.now));
  return present(await keep(at, before, after, CaseAssigned, { facts: { reason: request.reason } }));
});
