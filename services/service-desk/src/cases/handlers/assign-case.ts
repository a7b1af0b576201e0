import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAssigned } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { AssignCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import type { At } from "@guanxi/kit/at";
import { command } from "@guanxi/kit/handler";
import { requireUser } from "@guanxi/kit/users";
import { requireQueues } from "../../queues/queues.ts";
import { placeIn, said } from "../../routing/route.ts";
import { idOf, place, type Placing } from "../case.ts";
import type { CaseState } from "../case-state.ts";
import { requireOpen } from "../case-status.ts";
import { checklisted } from "../checklist.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const assignCase = command<AssignCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  requireOpen(before);
  const placing = await placingOf(at, before, request);
  if (placing.queueId === before.queueId && placing.assigneeId === before.assigneeId) return present(before);
  const after = await checklisted(at, before, place(before, placing, at.now));
  return present(await keep(at, before, after, CaseAssigned, { facts: { reason: request.reason } }));
});

async function placingOf(at: At, it: CaseState, request: AssignCaseRequest): Promise<Placing> {
  const { queueId, assigneeId, reason } = request;
  await Promise.all([requireQueues(at, [queueId], "queue_id"), requireUser(at, assigneeId, "assignee_id")]);
  if (queueId !== "" && assigneeId === "") return placeIn(at, it, queueId.toLowerCase());
  const routing = said(at, reason || "chosen by hand");
  return { queueId: idOf(queueId) ?? it.queueId, assigneeId: idOf(assigneeId), routing };
}
