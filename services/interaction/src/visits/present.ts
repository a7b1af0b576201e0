import { Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { type CheckIn, type Visit, Visit_State } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { StoredCheckIn, VisitState } from "./visit-state.ts";

/** The whole public state, as events carry it. */
export const present = (visit: VisitState): Visit => ({
  visitId: visit.visitId,
  customerId: visit.customerId,
  contactId: visit.contactId ?? "",
  userId: visit.userId ?? "",
  plannedStartTime: visit.plannedStartTime,
  plannedEndTime: visit.plannedEndTime,
  place: visit.place,
  purpose: visit.purpose,
  state: numberOf(Visit_State, visit.state),
  missed: visit.missed,
  checkIn: visit.checkIn ? presentCheckIn(visit.checkIn) : undefined,
  notes: visit.notes,
  outcome: numberOf(Interaction_Outcome, visit.outcome),
  learned: visit.learned
    ? { facts: [...visit.learned.facts], nothingNew: visit.learned.nothingNew }
    : undefined,
  nextStep: visit.nextStep
    ? { title: visit.nextStep.title, dueTime: new Date(visit.nextStep.dueTime) }
    : undefined,
  nextStepTaskId: visit.nextStepTaskId ?? "",
  interactionId: visit.interactionId ?? "",
  opportunityId: visit.opportunityId ?? "",
  caseId: visit.caseId ?? "",
  endTime: visit.endTime ?? undefined,
  createTime: visit.createTime,
  updateTime: visit.updateTime,
  etag: etagOf(visit),
});

const presentCheckIn = ({ time, position, place, minutesLate }: StoredCheckIn): CheckIn => ({
  time: new Date(time),
  position: position ?? undefined,
  place,
  minutesLate,
});
