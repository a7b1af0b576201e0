// Somebody above is told of a case.
import { CaseEscalated } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { At } from "@guanxi/kit/at";
import { named, record } from "@guanxi/kit/store";
import type { CasePriority, CaseState } from "../cases/case-state.ts";
import { isOpen } from "../cases/case-status.ts";
import { cases } from "../cases/cases.ts";
import { nowAfter } from "../cases/keep.ts";
import type { Instant } from "../sla/instants.ts";

type Reached = Instant & { readonly step: NonNullable<Instant["step"]> };

/**
 * `reckon` sets the promises by what the case is now: a step may raise its priority. Of a case that is solved or over by now
 * somebody is told that it came late, and that is all.
 */
export async function escalate(
  at: At,
  found: CaseState,
  { step, kind, time }: Reached,
  reckon: (one: CaseState) => CaseState,
): Promise<CaseState> {
  const toldUserId = step.tell === "USER" ? step.userId : await leadOf(at, found.queueId);
  const raised = {
    ...found,
    escalationLevel: Math.max(found.escalationLevel, step.level),
    priority: isOpen(found) ? higher(found.priority, step.raisePriorityTo) : found.priority,
    updateTime: nowAfter(found, at),
  };
  const reason = `Step ${step.level} at ${new Date(time).toISOString()}: ${WORDS[kind]}.`;
  return record(at, cases, reckon(raised), CaseEscalated, { toldUserId, reason });
}

const WORDS = {
  FIRST_RESPONSE: "the customer has had no first response",
  NEXT_RESPONSE: "the customer waits for the next response",
  RESOLUTION: "there is no solution",
} as const;

const PRIORITIES: readonly CasePriority[] = ["LOW", "NORMAL", "HIGH", "URGENT"];

export const higher = (priority: CasePriority, wanted: CasePriority | null): CasePriority =>
  wanted && PRIORITIES.indexOf(wanted) > PRIORITIES.indexOf(priority) ? wanted : priority;

async function leadOf(at: At, queueId: string | null): Promise<string> {
  if (queueId === null) return "";
  const [queue] = await named<{ leadId: string | null }>(at, {
    name: "queue lead",
    text: `select lead_id as "leadId" from queues where queue_id = $1::uuid`,
    values: [queueId],
  });
  return queue?.leadId ?? "";
}
