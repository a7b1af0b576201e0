// The row of a case.
import type { ExternalId, Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import type {
  Case_Kind,
  Case_Origin,
  Case_Phase,
  Case_Priority,
  Case_Resolution,
  Case_RootCause,
  Case_Status,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { StoredSla } from "../sla/sla-of.ts";

export type CaseKind = NameOf<typeof Case_Kind>;
export type CasePhase = NameOf<typeof Case_Phase>;
export type CaseOrigin = NameOf<typeof Case_Origin>;
export type CaseStatus = NameOf<typeof Case_Status>;
export type CasePriority = NameOf<typeof Case_Priority>;
type CaseResolution = NameOf<typeof Case_Resolution>;
export type CaseRootCause = NameOf<typeof Case_RootCause>;
export type CaseGrade = NameOf<typeof Grade>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface CaseState {
  readonly caseId: string;
  readonly number: bigint;
  readonly kind: CaseKind;
  readonly phase: CasePhase | null;
  readonly origin: CaseOrigin | null;
  readonly subject: string;
  readonly description: string;
  readonly topic: string | null;
  readonly priority: CasePriority;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly orderId: string | null;
  readonly productId: string | null;
  readonly serialNumber: string | null;
  readonly conversationId: string | null;
  readonly status: CaseStatus;
  readonly statusSinceTime: Date;
  readonly queueId: string | null;
  readonly assigneeId: string | null;
  /** When the assignee was given it: whoever has waited longest gets the next one. */
  readonly assignTime: Date | null;
  readonly requiredSkills: readonly string[];
  readonly routing: StoredRouting | null;
  readonly grade: CaseGrade | null;
  /** With what lists ask of it; set by withSla only. */
  readonly sla: StoredSla;
  readonly dueTime: Date | null;
  readonly dueOrder: Date;
  readonly breached: boolean;
  readonly escalationLevel: number;
  readonly acknowledgeTime: Date | null;
  readonly firstResponseTime: Date | null;
  readonly resolveTime: Date | null;
  readonly closeTime: Date | null;
  readonly resolution: CaseResolution | null;
  readonly resolutionNote: string;
  readonly rootCause: CaseRootCause | null;
  readonly rootCauseNote: string;
  readonly reopenCount: number;
  readonly reassignmentCount: number;
  readonly customerContactCount: number;
  readonly steps: readonly StoredStep[];
  readonly processVersion: string;
  readonly mergedIntoCaseId: string | null;
  readonly splitFromCaseId: string | null;
  readonly correctiveActionId: string | null;
  readonly externalIds: readonly ExternalId[];
  readonly tags: readonly string[];
  readonly openTime: Date;
  readonly openDate: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** Times are ISO, since jsonb knows none. */
export interface StoredRouting {
  readonly ruleName: string;
  readonly reason: string;
  readonly assigneeLoad: number;
  readonly time: string;
}

export interface StoredStep {
  readonly code: string;
  readonly label: string;
  readonly doneTime: string | null;
  readonly doneBy: string;
}

/** Behind everything that is due. */
const NEVER = new Date("9999-12-31T00:00:00Z");

/** The case with its promises, and with what lists ask of them: what is due next, and whether one was broken. */
export function withSla<C extends object>(state: C, sla: StoredSla) {
  const due = sla.targets.flatMap(({ state: clock, dueTime }) =>
    clock === "RUNNING" && dueTime ? [new Date(dueTime).getTime()] : [],
  );
  const dueTime = due.length > 0 ? new Date(Math.min(...due)) : null;
  const breached = sla.targets.some(({ state: clock }) => clock === "BREACHED");
  return { ...state, sla, dueTime, dueOrder: dueTime ?? NEVER, breached };
}
