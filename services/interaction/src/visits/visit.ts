// What a visit is and how it may change.
import { Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { CheckIn, Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import type { HoldVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { VisitState } from "./visit-state.ts";

const HOUR_MS = 3_600_000;
const LONGEST_MS = 24 * HOUR_MS;
const EARLIEST_CHECK_IN_MS = 2 * HOUR_MS;
const LATEST_CHECK_IN_MS = 24 * HOUR_MS;
const GRACE_MS = HOUR_MS / 2;
const LONGEST_SUBJECT = 1000;

export interface VisitSetting {
  readonly now: Date;
  /** Who goes where nobody is named. */
  readonly userId: string;
}

export const planVisit = (sent: Visit, visitId: string, { now, userId }: VisitSetting): VisitState => ({
  visitId,
  customerId: sent.customerId.toLowerCase(),
  userId: sent.userId.toLowerCase() || userId || null,
  ...particulars(sent),
  state: "PLANNED",
  missed: false,
  missedTime: null,
  checkIn: null,
  notes: "",
  outcome: null,
  learned: null,
  nextStep: null,
  nextStepTaskId: null,
  interactionId: null,
  endTime: null,
  createTime: now,
  updateTime: now,
  version: 0,
});

/** Planned for another time, it has not been missed. */
export function changeVisit(visit: VisitState, sent: Visit, now: Date): VisitState {
  requirePlanned(visit);
  const after = { ...visit, ...particulars(sent), updateTime: now };
  const moved = after.plannedEndTime.getTime() !== visit.plannedEndTime.getTime();
  return moved ? { ...after, missed: false } : after;
}

/** What Create and Update have in common. */
function particulars(sent: Visit) {
  const start = sent.plannedStartTime!;
  const end = sent.plannedEndTime!;
  if (end <= start || end.getTime() - start.getTime() > LONGEST_MS)
    throw invalid("visit.planned_end_time", "must be behind the start, by at most 24 hours", "INVALID_TIMES");
  return {
    contactId: sent.contactId.toLowerCase() || null,
    plannedStartTime: start,
    plannedEndTime: end,
    place: sent.place,
    purpose: sent.purpose,
    opportunityId: sent.opportunityId.toLowerCase() || null,
    caseId: sent.caseId.toLowerCase() || null,
  };
}

export function checkIn(visit: VisitState, sent: CheckIn | undefined, now: Date): VisitState {
  requirePlanned(visit);
  if (visit.checkIn)
    throw refuse("precondition", "CHECKED_IN_ALREADY", `Somebody arrived at ${visit.checkIn.time} already.`);
  const time = sent?.time ?? now;
  if (time > now) throw invalid("check_in.time", "must not be in the future", "IN_THE_FUTURE");
  requireNear(visit, time);
  const { position, place = "" } = sent ?? {};
  const minutesLate = Math.round((time.getTime() - visit.plannedStartTime.getTime()) / 60_000);
  const arrival = { time: time.toISOString(), position: position ?? null, place, minutesLate };
  return { ...visit, checkIn: arrival, updateTime: now };
}

function requireNear({ plannedStartTime, plannedEndTime }: VisitState, time: Date): void {
  const early = plannedStartTime.getTime() - time.getTime();
  const late = time.getTime() - plannedEndTime.getTime();
  if (early <= EARLIEST_CHECK_IN_MS && late <= LATEST_CHECK_IN_MS) return;
  const far =
    early > 0
      ? `${minutes(early)} minutes before the planned start; two hours before is the earliest`
      : `${minutes(late)} minutes after the planned end; a day after is the latest`;
  throw refuse("precondition", "CHECK_IN_OUT_OF_TIME", `The check-in is ${far}: move the visit first.`);
}

const minutes = (ms: number) => Math.round(ms / 60_000);

export interface Came {
  readonly interactionId: string;
  readonly nextStepTaskId: string | null;
}

/** What came of it; refused where nobody has arrived, or nothing is said of what was learned. */
export function holdVisit(visit: VisitState, sent: HoldVisitRequest, now: Date): VisitState {
  requirePlanned(visit);
  if (!visit.checkIn)
    throw refuse(
      "precondition",
      "NOT_CHECKED_IN",
      "Nobody has arrived yet: check in first, also afterwards.",
    );
  const { facts = [], nothingNew = false } = sent.learned ?? {};
  if (facts.length > 0 === nothingNew)
    throw invalid("learned", "must be facts, or nothing_new, and not both", "LEARNED_MISSING");
  return {
    ...visit,
    state: "HELD",
    notes: sent.notes,
    outcome: nameOf(Interaction_Outcome, sent.outcome) ?? "DONE",
    learned: { facts, nothingNew },
    nextStep: sent.nextStep
      ? { title: sent.nextStep.title, dueTime: sent.nextStep.dueTime!.toISOString() }
      : null,
    endTime: now,
    updateTime: now,
  };
}

/** The visit as a contact among others. */
export const talkOf = (visit: VisitState) => {
  const arrived = new Date(visit.checkIn!.time);
  return {
    customerId: visit.customerId,
    contactId: visit.contactId ?? "",
    userId: visit.userId ?? "",
    subject: visit.purpose.slice(0, LONGEST_SUBJECT).toWellFormed(),
    body: visit.notes,
    eventTime: arrived,
    durationSeconds: Math.round((visit.endTime!.getTime() - arrived.getTime()) / 1000),
    opportunityId: visit.opportunityId ?? "",
    caseId: visit.caseId ?? "",
  };
};

export const withWhatCame = (visit: VisitState, came: Came): VisitState => ({ ...visit, ...came });

/** The same visit where it has ended so already. */
export function endVisit(visit: VisitState, state: "NOT_HELD" | "CANCELLED", now: Date): VisitState {
  if (visit.state === state) return visit;
  requirePlanned(visit);
  return { ...visit, state, endTime: now, updateTime: now };
}

/** When it is missed, unless somebody arrives; undefined where that cannot happen any more. */
export function missTime({ state, checkIn, plannedEndTime, missedTime }: VisitState): Date | undefined {
  if (state !== "PLANNED" || checkIn || missedTime?.getTime() === plannedEndTime.getTime()) return undefined;
  return new Date(plannedEndTime.getTime() + GRACE_MS);
}

export const missVisit = (visit: VisitState, now: Date): VisitState => ({
  ...visit,
  missed: true,
  missedTime: visit.plannedEndTime,
  updateTime: now,
});

function requirePlanned({ state }: VisitState): void {
  if (state !== "PLANNED")
    throw refuse("precondition", "VISIT_ENDED", `The visit is ${state} and does not change.`);
}

const invalid = (field: string, description: string, reason: string) =>
  refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", [
    { field, description, reason },
  ] satisfies Violation[]);
