import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseStepDone } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { CompleteCaseStepRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { actingUser } from "@guanxi/kit/users";
import { completeStep } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const completeCaseStep = command<CompleteCaseStepRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = completeStep(before, request.code, actingUser(at), at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CaseStepDone, { facts: { code: request.code } }));
});
