import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseLinked } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { LinkCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { gradeOf } from "../../grade-of.ts";
import { idOf, link } from "../case.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";
import { requireReferences } from "../references.ts";

export const linkCase = command<LinkCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const customerId = request.customerId.toLowerCase();
  const grade = await gradeOf(at, customerId);
  const after = link(before, { customerId, contactId: idOf(request.contactId), grade }, at.now);
  if (after === before) return present(before);
  await requireReferences(at, after, before);
  return present(await keep(at, before, after, CaseLinked));
});
