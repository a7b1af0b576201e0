import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseResolved } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { ResolveCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { resolve } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const resolveCase = command<ResolveCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = resolve(before, request, at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CaseResolved));
});
