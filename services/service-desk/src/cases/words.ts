// What was said between a customer and us, as far as it concerns a case.
import { CaseAnswered, CaseCustomerReplied } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { At } from "@guanxi/kit/at";
import type { CaseState } from "./case-state.ts";
import { isOver } from "./case-status.ts";
import { answer, hear } from "./course.ts";
import { keep, nowAfter } from "./keep.ts";

export interface Word {
  readonly time: Date;
  /** Where the interaction service knows of it. */
  readonly interactionId?: string;
}

/** Somebody of us has replied. */
export function answered(at: At, before: CaseState, { time, interactionId = "" }: Word): Promise<CaseState> {
  const after = answer(before, time, nowAfter(before, at));
  const said = isOver(before) ? [] : [{ time, kind: "reply" as const }];
  return keep(at, before, after, CaseAnswered, { facts: { interactionId, saidTime: time }, said });
}

/**
 * The customer has spoken. To what is over it is told, and moves nothing: a thank-you should not open it again. What asks for a
 * case gets one that follows it instead (see interactions.ts).
 */
export function heard(at: At, before: CaseState, { time, interactionId = "" }: Word): Promise<CaseState> {
  const after = hear(before, nowAfter(before, at));
  const said = isOver(before) ? [] : [{ time, kind: "customer" as const }];
  return keep(at, before, after, CaseCustomerReplied, { facts: { interactionId, saidTime: time }, said });
}
