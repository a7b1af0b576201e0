import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseClosed } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { CloseCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { close } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const closeCase = command<CloseCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = close(before, at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CaseClosed));
});
