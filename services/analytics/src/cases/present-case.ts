import type {
  CaseFact as Listed,
  CasePromise,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
  Case_RootCause,
  Case_Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { dateOf, dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import type { PromiseState } from "../measures/promise.ts";
import type { SeenCase } from "./seen-cases.ts";

/** As the list shows it. */
export const presentCase = (seen: SeenCase): Listed => ({
  ...aboutOf(seen),
  ...idsOf(seen),
  caseId: seen.caseId,
  number: seen.number,
  openTime: seen.openTime,
  openDate: dateOf(seen.openDate),
  resolveTime: seen.resolveTime ?? undefined,
  resolveDate: dateOrNone(seen.resolveDate),
  closeTime: seen.closeTime ?? undefined,
  closeDate: dateOrNone(seen.closeDate),
  endTime: seen.endTime ?? undefined,
  reopenCount: seen.reopenCount,
  customerContactCount: seen.customerContactCount,
  response: promise(seen.responseState, seen.responseJudgeTime, seen.responseSeconds),
  nextResponse: promise(seen.nextResponseState, seen.nextResponseJudgeTime, seen.nextResponseSeconds),
  resolution: promise(seen.resolutionState, seen.resolutionJudgeTime, seen.resolutionSeconds),
  isRepeated: seen.isRepeated,
  isRepeatFault: seen.isRepeatFault,
});

const aboutOf = (seen: SeenCase) => ({
  kind: numberOf(Case_Kind, seen.kind || null),
  phase: numberOf(Case_Phase, seen.phase),
  origin: numberOf(Case_Origin, seen.origin),
  status: numberOf(Case_Status, seen.status || null),
  priority: numberOf(Case_Priority, seen.priority),
  grade: numberOf(Grade, seen.grade),
  rootCause: numberOf(Case_RootCause, seen.rootCause),
  topic: seen.topic ?? "",
});

const idsOf = (seen: SeenCase) => ({
  customerId: seen.customerId ?? "",
  orderId: seen.orderId ?? "",
  productId: seen.productId ?? "",
  serialNumber: seen.serialNumber ?? "",
  queueId: seen.queueId ?? "",
  assigneeId: seen.assigneeId ?? "",
  teamId: seen.teamId ?? "",
});

const promise = (
  state: PromiseState | null,
  judgeTime: Date | null,
  seconds: bigint | null,
): CasePromise | undefined =>
  state === null
    ? undefined
    : {
        state: numberOf(SlaTarget_State, state),
        judgeTime: judgeTime ?? undefined,
        seconds: seconds ?? undefined,
      };
