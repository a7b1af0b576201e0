// What a policy is: who is promised how much, who is told when it is not kept. Which one holds is decided in decide.ts.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Case_Kind, Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { SlaTarget_Kind } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import {
  type EscalationStep,
  EscalationStep_Tell,
  type SlaPolicy,
  type SlaPromise,
} from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { nameOf, type NameOf, namesOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import type { TargetKind } from "./clock.ts";

export type KindName = NameOf<typeof Case_Kind>;
export type PriorityName = NameOf<typeof Case_Priority>;
export type GradeName = NameOf<typeof Grade>;

export interface StoredPromise {
  /** Null is all of them. */
  readonly priority: PriorityName | null;
  readonly grade: GradeName | null;
  /** 0 leaves it to the floor. */
  readonly firstResponseMinutes: number;
  readonly nextResponseMinutes: number;
  readonly resolutionMinutes: number;
}

export interface StoredStep {
  readonly targetKind: TargetKind;
  readonly percent: number;
  readonly offsetMinutes: number;
  readonly tell: NameOf<typeof EscalationStep_Tell>;
  readonly userId: string;
  readonly raisePriorityTo: PriorityName | null;
}

export interface SlaPolicyState {
  readonly slaPolicyId: string;
  readonly displayName: string;
  readonly floor: boolean;
  readonly rank: number;
  readonly caseKinds: readonly KindName[];
  readonly serviceCalendarId: string | null;
  readonly targets: readonly StoredPromise[];
  readonly entitlements: readonly { readonly grade: GradeName | null; readonly text: string }[];
  readonly escalation: readonly StoredStep[];
  readonly active: boolean;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export const create = (sent: SlaPolicy, slaPolicyId: string, now: Date): SlaPolicyState => ({
  ...particulars(sent),
  slaPolicyId,
  floor: false,
  active: true,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(policy: SlaPolicyState, sent: SlaPolicy, now: Date): SlaPolicyState {
  const after = { ...policy, ...particulars(sent), updateTime: now };
  const faults = after.floor ? floorFaults(after) : [];
  if (faults.length === 0) return after;
  throw refuse(
    "invalid",
    "FLOOR_INCOMPLETE",
    "The floor promises something of each kind, for every priority, to all grades and kinds of cases.",
    faults,
  );
}

export function setActive(policy: SlaPolicyState, active: boolean, now: Date): SlaPolicyState {
  if (policy.floor) throw refuse("precondition", "FLOOR_STAYS", "The floor holds always: change it instead.");
  return policy.active === active ? policy : { ...policy, active, updateTime: now };
}

function particulars(sent: SlaPolicy) {
  const violations = twice(sent);
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The policy says something twice.", violations);
  return {
    displayName: sent.displayName,
    rank: sent.rank,
    caseKinds: sent.caseKinds.flatMap((kind) => nameOf(Case_Kind, kind) ?? []),
    serviceCalendarId: sent.serviceCalendarId.toLowerCase() || null,
    targets: sent.targets.map(promiseOf),
    entitlements: sent.entitlements.map(({ grade, text }) => ({ grade: nameOf(Grade, grade), text })),
    escalation: sent.escalation.map(stepOf),
  };
}

const promiseOf = ({ priority, grade, ...minutes }: SlaPromise): StoredPromise => ({
  priority: nameOf(Case_Priority, priority),
  grade: nameOf(Grade, grade),
  firstResponseMinutes: minutes.firstResponseMinutes,
  nextResponseMinutes: minutes.nextResponseMinutes,
  resolutionMinutes: minutes.resolutionMinutes,
});

const stepOf = (step: EscalationStep): StoredStep => ({
  targetKind: nameOf(SlaTarget_Kind, step.targetKind) ?? "FIRST_RESPONSE",
  percent: step.percent,
  offsetMinutes: step.offsetMinutes,
  tell: nameOf(EscalationStep_Tell, step.tell) ?? "QUEUE_LEAD",
  userId: step.userId.toLowerCase(),
  raisePriorityTo: nameOf(Case_Priority, step.raisePriorityTo),
});

const twice = ({ targets, entitlements }: SlaPolicy): Violation[] => [
  ...repeated(
    "sla_policy.targets",
    targets.map(({ priority, grade }) => `${priority} ${grade}`),
  ),
  ...repeated(
    "sla_policy.entitlements",
    entitlements.map(({ grade }) => String(grade)),
  ),
];

const repeated = (field: string, keys: readonly string[]): Violation[] =>
  keys.flatMap((key, index) =>
    keys.indexOf(key) < index
      ? [{ field: `${field}[${index}]`, description: "is for the same as one before it", reason: "TWICE" }]
      : [],
  );

function floorFaults({ caseKinds, targets }: SlaPolicyState): Violation[] {
  const faults: Violation[] = [];
  const fault = (field: string, description: string) =>
    faults.push({ field: `sla_policy.${field}`, description, reason: "FLOOR_INCOMPLETE" });
  if (caseKinds.length > 0) fault("case_kinds", "must be empty: the floor is for all kinds");
  for (const [index, { grade, ...target }] of targets.entries()) {
    if (grade !== null) fault(`targets[${index}].grade`, "must be left out: the floor is for all grades");
    const minutes = [target.firstResponseMinutes, target.nextResponseMinutes, target.resolutionMinutes];
    if (minutes.includes(0)) fault(`targets[${index}]`, "must promise all three");
  }
  const missing = namesOf(Case_Priority).filter(
    (name) => !targets.some(({ priority }) => priority === null || priority === name),
  );
  if (missing.length > 0) fault("targets", `must have one for ${missing.join(", ")}`);
  return faults;
}
