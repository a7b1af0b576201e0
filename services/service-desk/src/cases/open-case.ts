// A case is opened: by a request, by a word of a customer, or as part of another one.
import { type Case, Case_Kind, Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseOpened } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { find, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { gradeOf } from "../grade-of.ts";
import { stepsFor } from "../processes/case-processes.ts";
import { orders, orderStatusesOf } from "../projections/orders.ts";
import { requireQueues } from "../queues/queues.ts";
import { decisionFor, placeBy, placeIn, said } from "../routing/route.ts";
import type { Mark } from "../sla/clock.ts";
import { slaFor, type StoredSla, watch } from "../sla/sla-of.ts";
import { type CaseDraft, idOf, open, phaseOf, place, type Placing, withSteps } from "./case.ts";
import { takeNumbers } from "./case-numbers.ts";
import { type CaseState, withSla } from "./case-state.ts";
import { atLeast, leastPriorityOf } from "./least-priority.ts";
import { cases } from "./cases.ts";
import { addMarks } from "./marks.ts";

/** What it refers to has been looked at, unless another service has done so. */
export async function openCase(
  at: At,
  sent: Case,
  openTime = at.now,
  splitFromCaseId: string | null = null,
): Promise<CaseState> {
  const [grade, statuses] = await Promise.all([
    gradeOf(at, sent.customerId.toLowerCase()),
    orderStatusesFor(at, sent),
  ]);
  const phase = phaseOf(nameOf(Case_Kind, sent.kind) ?? "QUESTION", statuses);
  const openDate = dayIn(at.timeZone)(openTime);
  const opened = open(sent, at.newId(), { now: at.now, openTime, openDate, phase, grade });
  const draft = { ...opened, splitFromCaseId };
  const placed = await placeNew(at, draft, sent);
  return recordNew(at, placed, [{ time: openTime, kind: "open" }]);
}

/** Of the order that it is about, else of all that the customer has bought. */
async function orderStatusesFor(at: At, { orderId, customerId }: Case): Promise<string[]> {
  if (orderId === "") return orderStatusesOf(at, customerId.toLowerCase());
  return (await find(at, orders, [orderId.toLowerCase()])).map(({ status }) => status);
}

/** By hand where somebody says whose it is, else by the policy, which also says how pressing it is. */
async function placeNew(at: At, draft: CaseDraft, sent: Case): Promise<CaseDraft> {
  const priority = nameOf(Case_Priority, sent.priority);
  const [decision, least] = await Promise.all([
    decisionFor(at, { ...draft, priority }),
    leastPriorityOf(at, draft.customerId),
  ]);
  const asked = priority ?? decision.reception.priority ?? draft.priority;
  const pressed = { ...draft, priority: atLeast(asked, least) };
  const byHand = await placedByHand(at, pressed, sent);
  return place(pressed, byHand ?? (await placeBy(at, pressed, decision)), at.now);
}

async function placedByHand(at: At, draft: CaseDraft, sent: Case): Promise<Placing | undefined> {
  const queueId = idOf(sent.queueId);
  const assigneeId = idOf(sent.assigneeId);
  if (queueId === null && assigneeId === null) return undefined;
  await Promise.all([
    requireQueues(at, [sent.queueId], "case.queue_id"),
    requireUser(at, sent.assigneeId, "case.assignee_id"),
  ]);
  if (queueId !== null && assigneeId === null) return placeIn(at, draft, queueId);
  return { queueId, assigneeId, routing: said(at, "chosen by hand") };
}

/** The number comes last: whoever else needs one waits for it. A part has the promises that were kept for the whole. */
export async function recordNew(
  at: At,
  draft: CaseDraft,
  marks: readonly Mark[],
  former?: StoredSla,
): Promise<CaseState> {
  const [{ sla, instants }, steps] = await Promise.all([
    slaFor(at, { ...draft, marks, sla: former }),
    stepsFor(at, draft.kind, draft.queueId),
  ]);
  const ready = withSla(withSteps(draft, steps), sla);
  await watch(at, [{ caseId: draft.caseId, instants }]);
  const opened = { ...ready, number: await takeNumbers(at, 1) };
  addMarks(at, opened.caseId, marks);
  return record(at, cases, opened, CaseOpened);
}
