// What a case is, and how its particulars may change.
import {
  type Case,
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type {
  CaseGrade,
  CaseKind,
  CasePhase,
  CasePriority,
  CaseState,
  StoredRouting,
  StoredStep,
} from "./case-state.ts";
import { entered, requireNotOver, requireOpen } from "./case-status.ts";

/** A case before it has its promises and its number, which are found last. */
export type CaseDraft = Omit<CaseState, "number" | "sla" | "dueTime" | "dueOrder" | "breached">;

export interface OpenSetting {
  readonly now: Date;
  /** When it reached us. */
  readonly openTime: Date;
  readonly openDate: string;
  /** Of the customer's purchase, where nobody has said it. */
  readonly phase: CasePhase;
  readonly grade: CaseGrade | null;
}

export function open(sent: Case, caseId: string, setting: OpenSetting): CaseDraft {
  const { now, openTime, openDate, grade } = setting;
  const facts = particulars(sent);
  return {
    caseId,
    ...facts,
    phase: facts.phase ?? setting.phase,
    origin: nameOf(Case_Origin, sent.origin),
    priority: nameOf(Case_Priority, sent.priority) ?? "NORMAL",
    customerId: idOf(sent.customerId),
    grade,
    ...BLANK,
    status: "NEW",
    statusSinceTime: now,
    openTime,
    openDate,
    createTime: now,
    updateTime: now,
  };
}

/** What a case has not come to yet. */
export const BLANK = {
  queueId: null,
  assigneeId: null,
  assignTime: null,
  routing: null,
  escalationLevel: 0,
  acknowledgeTime: null,
  firstResponseTime: null,
  resolveTime: null,
  closeTime: null,
  resolution: null,
  resolutionNote: "",
  rootCause: null,
  rootCauseNote: "",
  reopenCount: 0,
  reassignmentCount: 0,
  /** The word that made it a case. */
  customerContactCount: 1,
  steps: [],
  processVersion: "",
  mergedIntoCaseId: null,
  splitFromCaseId: null,
  correctiveActionId: null,
  version: 0,
} as const;

export function change(it: CaseState, sent: Case, now: Date): CaseState {
  requireNotOver(it);
  const facts = particulars(sent);
  if (it.kind === "COMPLAINT" && facts.kind !== "COMPLAINT") throw complaintStays("is of another kind");
  return { ...it, ...facts, updateTime: now };
}

export const complaintStays = (what: string) =>
  refuse("precondition", "COMPLAINT_STAYS", `A complaint needs an answer, so it never ${what}: resolve it.`);

/** What Create and Update have in common. */
function particulars(sent: Case) {
  const violations = externalIdViolations(sent);
  if (violations.length > 0) throw invalid(violations);
  return {
    kind: nameOf(Case_Kind, sent.kind) ?? "QUESTION",
    phase: nameOf(Case_Phase, sent.phase),
    subject: sent.subject,
    description: sent.description,
    topic: sent.topic || null,
    contactId: idOf(sent.contactId),
    orderId: idOf(sent.orderId),
    productId: idOf(sent.productId),
    serialNumber: sent.serialNumber || null,
    conversationId: idOf(sent.conversationId),
    requiredSkills: sent.requiredSkills,
    externalIds: sent.externalIds,
    tags: sent.tags,
  };
}

export const idOf = (sent: string) => sent.toLowerCase() || null;

function externalIdViolations({ externalIds }: Case): Violation[] {
  const ids = externalIds.map(({ system, id }) => `${system} ${id}`);
  return new Set(ids).size < ids.length
    ? [{ field: "case.external_ids", description: "must not repeat one" }]
    : [];
}

export const invalid = (violations: readonly Violation[]) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", violations);

/** Kinds that are about something that one has. */
const AFTER_SALE: readonly CaseKind[] = ["INCIDENT", "COMPLAINT", "RETURN", "WARRANTY", "REPAIR"];

/**
 * R080: each case has its phase. Of the order that it is about; else of the newest of the customer's orders that says
 * most; else as its kind suggests.
 */
export function phaseOf(kind: CaseKind, orderStatuses: readonly string[]): CasePhase {
  const has = (...statuses: string[]) => orderStatuses.some((status) => statuses.includes(status));
  if (has("CONFIRMED", "FULFILLING") && !has("FULFILLED", "RETURNED")) return "IN_SALE";
  if (has("FULFILLED", "RETURNED") || AFTER_SALE.includes(kind)) return "AFTER_SALE";
  return "PRE_SALE";
}

/** The same case where it is the customer's already. */
export function link(
  it: CaseState,
  to: { customerId: string; contactId: string | null; grade: CaseGrade | null },
  now: Date,
): CaseState {
  requireNotOver(it);
  const { customerId, grade } = to;
  const contactId = to.contactId ?? it.contactId;
  if (it.customerId === customerId && it.contactId === contactId) return it;
  if (it.customerId !== null && it.customerId !== customerId)
    throw refuse("precondition", "CASE_LINKED", `Case ${it.number} is another customer's: open a new one.`);
  return { ...it, customerId, contactId, grade, updateTime: now };
}

export function reprioritise(it: CaseState, priority: CasePriority, now: Date): CaseState {
  requireOpen(it);
  return it.priority === priority ? it : { ...it, priority, updateTime: now };
}

export interface Placing {
  readonly queueId: string | null;
  readonly assigneeId: string | null;
  readonly routing: StoredRouting;
}

/** Whose it is from now on; what nobody looks after is NEW, unless it has been worked on. */
export function place<C extends CaseDraft>(it: C, { queueId, assigneeId, routing }: Placing, now: Date): C {
  const moved =
    (it.assigneeId !== null && it.assigneeId !== assigneeId) ||
    (it.queueId !== null && it.queueId !== queueId);
  const given = assigneeId !== it.assigneeId;
  const assignTime = given ? (assigneeId === null ? null : now) : it.assignTime;
  const reassignmentCount = it.reassignmentCount + (moved ? 1 : 0);
  const after = { ...it, queueId, assigneeId, assignTime, routing, reassignmentCount, updateTime: now };
  const status = statusFor(it.status, assigneeId);
  return status === it.status ? after : { ...after, status, statusSinceTime: now };
}

function statusFor(status: CaseState["status"], assigneeId: string | null) {
  if (status === "NEW" && assigneeId !== null) return "ASSIGNED";
  return status === "ASSIGNED" && assigneeId === null ? "NEW" : status;
}

/** Steps of the process that holds, less what was done of them before. */
export const withSteps = <C extends CaseDraft>(
  it: C,
  holding: { readonly version: string; readonly steps: readonly StoredStep[] },
): C => ({
  ...it,
  processVersion: holding.version,
  steps: holding.steps.map(
    (step) => it.steps.find(({ code, doneTime }) => code === step.code && doneTime) ?? step,
  ),
});

export function takeUp(it: CaseState, userId: string, now: Date): CaseState {
  requireOpen(it);
  const mine = it.assigneeId === userId;
  const routing = { ruleName: "", reason: "taken up", assigneeLoad: 0, time: now.toISOString() };
  const after = mine ? it : place(it, { queueId: it.queueId, assigneeId: userId, routing }, now);
  return after.status === "IN_PROGRESS" ? after : entered(after, "IN_PROGRESS", now);
}
