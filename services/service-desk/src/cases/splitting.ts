// Part of a case goes on in a new one.
import { Case_Kind } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { nameOf } from "@guanxi/kit/enum-names";
import type { Mark } from "../sla/clock.ts";
import { BLANK, type CaseDraft } from "./case.ts";
import type { CaseState } from "./case-state.ts";
import { isPaused } from "./case-status.ts";

interface Part {
  readonly caseId: string;
  readonly subject: string;
  readonly description: string;
  readonly kind: Case_Kind;
  readonly topic: string;
}

/** The customer has waited for it since the first case was opened, and has been answered when that was. */
export function partOf(it: CaseState, sent: Part, now: Date): CaseDraft {
  const { phase, origin, priority, customerId, contactId, orderId, productId, serialNumber } = it;
  const { conversationId, requiredSkills, tags, grade, acknowledgeTime, firstResponseTime } = it;
  return {
    ...BLANK,
    ...{ phase, origin, priority, customerId, contactId, orderId, productId, serialNumber },
    ...{ conversationId, requiredSkills, tags, grade, acknowledgeTime, firstResponseTime },
    caseId: sent.caseId,
    kind: nameOf(Case_Kind, sent.kind) ?? it.kind,
    topic: sent.topic || it.topic,
    subject: sent.subject,
    description: sent.description,
    splitFromCaseId: it.caseId,
    externalIds: [],
    status: "NEW",
    statusSinceTime: now,
    openTime: it.openTime,
    openDate: it.openDate,
    createTime: now,
    updateTime: now,
  };
}

/** The clocks have run as those of the first case, and run on, also where that one waits. */
export const marksOfPart = (it: CaseState, marks: readonly Mark[], now: Date): Mark[] =>
  isPaused(it) ? [...marks, { time: now, kind: "resume" }] : [...marks];
