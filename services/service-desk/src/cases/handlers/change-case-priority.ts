import { type Case, Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CasePriorityChanged } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { ChangeCasePriorityRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { command } from "@guanxi/kit/handler";
import { reprioritise } from "../case.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const changeCasePriority = command<ChangeCasePriorityRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = reprioritise(before, nameOf(Case_Priority, request.priority)!, at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CasePriorityChanged, { facts: { reason: request.reason } }));
});
