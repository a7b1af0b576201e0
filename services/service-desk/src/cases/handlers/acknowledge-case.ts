import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAcknowledged } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { AcknowledgeCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import type { At } from "@guanxi/kit/at";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { issueNotice } from "../../notices/issue-notice.ts";
import type { CaseState } from "../case-state.ts";
import { acknowledge } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const acknowledgeCase = command<AcknowledgeCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = acknowledge(before, at.now);
  if (after === before) return present(before);
  if (request.customerMessage) tell(at, after, request.customerMessage);
  return present(await keep(at, before, after, CaseAcknowledged));
});

function tell(at: At, { caseId, customerId, contactId, subject }: CaseState, text: string): void {
  if (!customerId)
    throw refuse("precondition", "CUSTOMER_MISSING", "Nobody knows yet whose case it is: link it first.");
  issueNotice(at, { purpose: "COMPLAINT_ACKNOWLEDGED", customerId, contactId, caseId, subject, text });
}
