import { CaseSplit } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type {
  SplitCaseRequest,
  SplitCaseResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { decisionFor, placeBy } from "../../routing/route.ts";
import { copyTold } from "../../sla/told.ts";
import { place } from "../case.ts";
import { requireOpen } from "../case-status.ts";
import { keep, lockCase, nowAfter } from "../keep.ts";
import { marksOf } from "../marks.ts";
import { recordNew } from "../open-case.ts";
import { present } from "../present.ts";
import { marksOfPart, partOf } from "../splitting.ts";

export const splitCase = command<SplitCaseRequest, SplitCaseResponse>(async (request, at) => {
  const before = await lockCase(at, request);
  requireOpen(before);
  const now = nowAfter(before, at);
  const part = partOf(before, { ...request, caseId: at.newId() }, now);
  const [decision, marks] = await Promise.all([decisionFor(at, part), marksOf(at, [before.caseId])]);
  const placed = place(part, await placeBy(at, part, decision), now);
  const facts = { splitOffCaseId: part.caseId };
  const kept = await keep(at, before, { ...before, updateTime: now }, CaseSplit, { facts });
  const heard = marksOfPart(before, marks.get(before.caseId)!, now);
  copyTold(at, [before.caseId], part.caseId);
  return { case: present(kept), splitOffCase: present(await recordNew(at, placed, heard, before.sla)) };
});
