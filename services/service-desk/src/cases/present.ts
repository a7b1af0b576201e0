import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  type Case,
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
  Case_Resolution,
  Case_RootCause,
  Case_Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { dateOf } from "@guanxi/kit/days";
import { presentSla } from "../sla/present-sla.ts";
import type { CaseState } from "./case-state.ts";

/** The whole public state, as events carry it. */
export const present = (it: CaseState): Case => ({
  ...presentWhat(it),
  ...presentWho(it),
  ...presentCourse(it),
  caseId: it.caseId,
  number: it.number,
  openTime: it.openTime,
  openDate: dateOf(it.openDate),
  createTime: it.createTime,
  updateTime: it.updateTime,
  etag: etagOf(it),
});

const presentWhat = (it: CaseState) => ({
  kind: numberOf(Case_Kind, it.kind),
  phase: numberOf(Case_Phase, it.phase),
  origin: numberOf(Case_Origin, it.origin),
  subject: it.subject,
  description: it.description,
  topic: it.topic ?? "",
  priority: numberOf(Case_Priority, it.priority),
  customerId: it.customerId ?? "",
  contactId: it.contactId ?? "",
  orderId: it.orderId ?? "",
  productId: it.productId ?? "",
  serialNumber: it.serialNumber ?? "",
  conversationId: it.conversationId ?? "",
  externalIds: [...it.externalIds],
  tags: [...it.tags],
});

const presentWho = ({ routing, ...it }: CaseState) => ({
  queueId: it.queueId ?? "",
  assigneeId: it.assigneeId ?? "",
  requiredSkills: [...it.requiredSkills],
  routing: routing ? { ...routing, time: new Date(routing.time) } : undefined,
  grade: numberOf(Grade, it.grade),
  sla: presentSla(it.sla),
  escalationLevel: it.escalationLevel,
  reassignmentCount: it.reassignmentCount,
});

const presentCourse = (it: CaseState) => ({
  status: numberOf(Case_Status, it.status),
  statusSinceTime: it.statusSinceTime,
  acknowledgeTime: it.acknowledgeTime ?? undefined,
  firstResponseTime: it.firstResponseTime ?? undefined,
  resolveTime: it.resolveTime ?? undefined,
  closeTime: it.closeTime ?? undefined,
  resolution: numberOf(Case_Resolution, it.resolution),
  resolutionNote: it.resolutionNote,
  rootCause: numberOf(Case_RootCause, it.rootCause),
  rootCauseNote: it.rootCauseNote,
  reopenCount: it.reopenCount,
  customerContactCount: it.customerContactCount,
  steps: it.steps.map(({ doneTime, ...step }) => ({
    ...step,
    doneTime: doneTime === null ? undefined : new Date(doneTime),
  })),
  processVersion: it.processVersion,
  mergedIntoCaseId: it.mergedIntoCaseId ?? "",
  splitFromCaseId: it.splitFromCaseId ?? "",
  correctiveActionId: it.correctiveActionId ?? "",
});
