// How a customer moves through the stages: by rules, or by somebody's word.
import { refuse } from "@guanxi/kit/refuse";
import { judge } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import {
  type ChurnReasonName,
  churnReasonMissing,
  isForeseen,
  type LifecyclePolicyState,
  type StageName,
  type StoredRule,
} from "./lifecycle-policy.ts";

export interface Churn {
  readonly reason: ChurnReasonName;
  readonly note: string;
}

/** The customer in a stage: with the reason where it has gone, without any where it has not. */
export function enter(
  customer: CustomerState,
  stage: StageName,
  churn: Churn | null,
  now: Date,
): CustomerState {
  const churnReason = stage === "DEPARTED" ? (churn?.reason ?? null) : null;
  const churnNote = stage === "DEPARTED" ? (churn?.note ?? "") : "";
  const moved = judge(customer, "lifecycleStage", stage, now);
  if (moved === customer && customer.churnReason === churnReason && customer.churnNote === churnNote)
    return customer;
  return { ...moved, churnReason, churnNote, updateTime: now };
}

export interface Word {
  readonly stage: StageName;
  readonly churn: Churn | null;
  readonly force: boolean;
}

/** A person's word: a jump must be forced, and nobody goes without a reason. Saying it again may state another reason. */
export function say(
  customer: CustomerState,
  { stage, churn, force }: Word,
  policy: Pick<LifecyclePolicyState, "moves">,
  now: Date,
): { readonly after: CustomerState; readonly forced: boolean } {
  const from = customer.lifecycleStage;
  if (stage === "DEPARTED" && !churn) throw churnReasonMissing("churn_reason");
  if (stage !== "DEPARTED" && churn)
    throw refuse("invalid", "INVALID_REQUEST", "Only a customer that has gone has a reason for it.", [
      { field: "churn_reason", description: "stands beside DEPARTED only", reason: "CHURN_REASON" },
    ]);
  const jump = from !== stage && !isForeseen(policy, from, stage);
  if (jump && !force)
    throw refuse(
      "precondition",
      "ILLEGAL_STAGE_JUMP",
      `No way leads from ${from} to ${stage}: choose another stage, or force it with a reason.`,
    );
  return { after: enter(customer, stage, churn, now), forced: jump };
}

export interface Step<R> {
  readonly rule: R;
  readonly after: CustomerState;
}

/**
 * Where the rules lead, step by step, until none applies any more. Each step leads to a stage that was not there yet, so there
 * are at most as many as stages; rules that lead back to one contradict each other, and then nobody is moved.
 */
export function stepsOf<R extends StoredRule>(
  rules: readonly R[],
  customer: CustomerState,
  fulfils: (rule: R, customer: CustomerState) => boolean,
  now: Date,
): Step<R>[] {
  const steps: Step<R>[] = [];
  const been = new Set([customer.lifecycleStage]);
  for (let current = customer; ; ) {
    const rule = rules.find(
      (each) => each.fromStages.includes(current.lifecycleStage) && fulfils(each, current),
    );
    if (!rule) return steps;
    if (been.has(rule.toStage)) return [];
    been.add(rule.toStage);
    const churn = rule.churnReason && { reason: rule.churnReason, note: rule.name };
    current = enter(current, rule.toStage, churn, now);
    steps.push({ rule, after: current });
  }
}
