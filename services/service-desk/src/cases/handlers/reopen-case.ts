import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseReopened } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { ReopenCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { reopen } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const reopenCase = command<ReopenCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = reopen(before, at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CaseReopened, { facts: { reason: request.reason } }));
});
