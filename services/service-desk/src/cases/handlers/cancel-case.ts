import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseCancelled } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { CancelCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { cancel } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const cancelCase = command<CancelCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = cancel(before, at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CaseCancelled, { facts: { reason: request.reason } }));
});
