// What figures want to know of a case.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  type Case,
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
  Case_RootCause,
  Case_Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { type SlaTarget, SlaTarget_Kind, SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import type { State } from "@guanxi/kit/columns";
import { dayOf } from "@guanxi/kit/days";
import { type NameOf, nameOf } from "@guanxi/kit/enum-names";
import { type Judged, NOT_PROMISED, type PromiseState } from "../measures/promise.ts";

type Status = NameOf<typeof Case_Status>;

export interface CaseFact extends State {
  readonly caseId: string;
  readonly number: bigint;
  readonly kind: NameOf<typeof Case_Kind> | "";
  readonly phase: NameOf<typeof Case_Phase> | null;
  readonly origin: NameOf<typeof Case_Origin> | null;
  readonly status: Status | "";
  readonly priority: NameOf<typeof Case_Priority> | null;
  readonly topic: string | null;
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
  readonly queueId: string | null;
  readonly assigneeId: string | null;
  readonly grade: NameOf<typeof Grade> | null;
  readonly rootCause: NameOf<typeof Case_RootCause> | null;
  readonly openTime: Date;
  readonly openDate: string;
  readonly resolveTime: Date | null;
  readonly resolveDate: string | null;
  readonly closeTime: Date | null;
  readonly closeDate: string | null;
  readonly endTime: Date | null;
  readonly reopenCount: number;
  readonly customerContactCount: number;
  readonly responseState: PromiseState | null;
  readonly responseJudgeTime: Date | null;
  readonly responseSeconds: bigint | null;
  readonly nextResponseState: PromiseState | null;
  readonly nextResponseJudgeTime: Date | null;
  readonly nextResponseSeconds: bigint | null;
  readonly resolutionState: PromiseState | null;
  readonly resolutionJudgeTime: Date | null;
  readonly resolutionSeconds: bigint | null;
}

export const RESOLVED: readonly Status[] = ["RESOLVED", "CLOSED"];
/** Nothing that somebody worked on to its end. */
export const CALLED_OFF: readonly Status[] = ["CANCELLED", "MERGED"];

/** `dayOfTime` is of the tenant's zone. */
export function caseFactOf(one: Case, version: number, dayOfTime: (time: Date) => string): CaseFact {
  const { caseId, openTime, openDate, closeTime } = one;
  if (!openTime || !openDate) throw new Error(`the case ${caseId} has no time of opening`);
  const status = nameOf(Case_Status, one.status) ?? "";
  // An import may know only when a case was closed.
  const resolveTime = one.resolveTime ?? (status === "CLOSED" ? closeTime : undefined);
  return {
    ...aboutOf(one),
    caseId,
    number: one.number,
    status,
    openTime,
    openDate: dayOf(openDate),
    resolveTime: resolveTime ?? null,
    resolveDate: resolveTime ? dayOfTime(resolveTime) : null,
    closeTime: closeTime ?? null,
    closeDate: closeTime ? dayOfTime(closeTime) : null,
    endTime: endOf(one, status, resolveTime),
    reopenCount: one.reopenCount,
    customerContactCount: one.customerContactCount,
    ...promisesOf(one, openTime),
    version,
  };
}

const aboutOf = (one: Case) => ({
  kind: nameOf(Case_Kind, one.kind) ?? ("" as const),
  phase: nameOf(Case_Phase, one.phase),
  origin: nameOf(Case_Origin, one.origin),
  priority: nameOf(Case_Priority, one.priority),
  grade: nameOf(Grade, one.grade),
  rootCause: nameOf(Case_RootCause, one.rootCause),
  topic: one.topic || null,
  customerId: one.customerId || null,
  orderId: one.orderId || null,
  productId: one.productId || null,
  serialNumber: one.serialNumber || null,
  queueId: one.queueId || null,
  assigneeId: one.assigneeId || null,
});

function endOf(
  { closeTime, statusSinceTime, updateTime }: Case,
  status: Status | "",
  resolveTime: Date | undefined,
): Date | null {
  const known = new Set<string>([...RESOLVED, ...CALLED_OFF]);
  return known.has(status) ? (resolveTime ?? closeTime ?? statusSinceTime ?? updateTime ?? null) : null;
}

function promisesOf({ sla }: Case, openTime: Date) {
  const of = (kind: SlaTarget_Kind) =>
    promiseOf(
      sla?.targets.find((target) => target.kind === kind),
      openTime,
    );
  const response = of(SlaTarget_Kind.FIRST_RESPONSE);
  const nextResponse = of(SlaTarget_Kind.NEXT_RESPONSE);
  const resolution = of(SlaTarget_Kind.RESOLUTION);
  return {
    responseState: response.state,
    responseJudgeTime: response.judgeTime,
    responseSeconds: response.seconds,
    nextResponseState: nextResponse.state,
    nextResponseJudgeTime: nextResponse.judgeTime,
    nextResponseSeconds: nextResponse.seconds,
    resolutionState: resolution.state,
    resolutionJudgeTime: resolution.judgeTime,
    resolutionSeconds: resolution.seconds,
  };
}

/** An outcome that an import told has no time of ours, and holds from the opening on. */
function promiseOf(target: SlaTarget | undefined, openTime: Date): Judged & { seconds: bigint | null } {
  if (!target) return { ...NOT_PROMISED, seconds: null };
  const { state, dueTime, metTime, breachTime, elapsedSeconds, stated } = target;
  const times: Readonly<Record<number, Date | undefined>> = {
    [SlaTarget_State.MET]: metTime ?? openTime,
    [SlaTarget_State.BREACHED]: breachTime ?? dueTime ?? metTime ?? openTime,
    [SlaTarget_State.RUNNING]: dueTime,
  };
  return {
    state: nameOf(SlaTarget_State, state),
    judgeTime: times[state] ?? null,
    seconds: metTime && !stated ? elapsedSeconds : null,
  };
}
