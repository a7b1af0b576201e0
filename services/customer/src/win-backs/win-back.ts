// An attempt to get a customer back: who tries what, by when, and how it went.
import { ChurnReason, LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { type WinBack, WinBack_Outcome as Outcome } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { addDays, dateOf, dayOf, isDay } from "@guanxi/kit/days";
import { type NameOf, nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { refuse } from "@guanxi/kit/refuse";
import type { CustomerState } from "../customers/customer-state.ts";
import { type ChurnReasonName, churnReasonMissing } from "../lifecycle/lifecycle-policy.ts";
import { enter } from "../lifecycle/stages.ts";
import type { StoredMeasure } from "./win-back-policy.ts";

export type OutcomeName = NameOf<typeof Outcome>;

export interface WinBackState {
  readonly winBackId: string;
  readonly customerId: string;
  readonly churnReason: ChurnReasonName;
  readonly measure: string;
  readonly ownerId: string;
  readonly dueDate: string;
  readonly outcome: OutcomeName | null;
  readonly outcomeNote: string;
  readonly startTime: Date;
  readonly endTime: Date | null;
  readonly version: number;
}

/** Why the customer has gone: without it nobody knows what to try. */
export function requireGone({ lifecycleStage, churnReason }: CustomerState): ChurnReasonName {
  if (lifecycleStage !== "DEPARTED")
    throw refuse(
      "precondition",
      "CUSTOMER_NOT_DEPARTED",
      "The customer has not gone, so there is nothing to win back.",
    );
  if (!churnReason) throw churnReasonMissing("customer.churn_reason");
  return churnReason;
}

export interface Beginning {
  readonly winBackId: string;
  readonly measure: Pick<StoredMeasure, "measure" | "dueDays">;
  readonly today: string;
  readonly now: Date;
}

export function start(sent: WinBack, customer: CustomerState, beginning: Beginning): WinBackState {
  const { winBackId, measure, today, now } = beginning;
  const churnReason = requireGone(customer);
  const ownerId = sent.ownerId.toLowerCase() || customer.ownerId;
  if (!ownerId)
    throw refuse("invalid", "OWNER_MISSING", "Say who sees to it: nobody looks after the customer.", [
      { field: "win_back.owner_id", description: "is needed", reason: "OWNER_MISSING" },
    ]);
  return {
    winBackId,
    customerId: customer.customerId,
    churnReason,
    measure: sent.measure || measure.measure,
    ownerId,
    dueDate: dueDateOf(sent, today) ?? addDays(today, measure.dueDays),
    outcome: null,
    outcomeNote: "",
    startTime: now,
    endTime: null,
    version: 0,
  };
}

/** What is left empty stays as it is: a win-back always has a measure, an owner and a day. */
export function change(winBack: WinBackState, sent: WinBack, today: string): WinBackState {
  requireRunning(winBack);
  return {
    ...winBack,
    measure: sent.measure || winBack.measure,
    ownerId: sent.ownerId.toLowerCase() || winBack.ownerId,
    dueDate: dueDateOf(sent, today, winBack.dueDate) ?? winBack.dueDate,
  };
}

export function end(winBack: WinBackState, outcome: OutcomeName, note: string, now: Date): WinBackState {
  if (winBack.outcome === outcome) return winBack;
  requireRunning(winBack);
  return { ...winBack, outcome, outcomeNote: note, endTime: now };
}

/** A customer that has come back by itself meanwhile stays where it is. */
export function wonBack(customer: CustomerState, stage: number, now: Date): CustomerState {
  if (customer.lifecycleStage !== "DEPARTED") return customer;
  return enter(customer, nameOf(LifecycleStage, stage) ?? "ACQUISITION", null, now);
}

function requireRunning({ outcome }: WinBackState): void {
  if (outcome) throw refuse("precondition", "WIN_BACK_ENDED", "This win-back is over: start another one.");
}

function dueDateOf({ dueDate }: WinBack, today: string, before = ""): string | undefined {
  if (!dueDate) return undefined;
  const day = isDay(dueDate) ? dayOf(dueDate) : "";
  if (day !== "" && (day >= today || day === before)) return day;
  throw refuse("invalid", "INVALID_REQUEST", "Name a day that is still to come.", [
    { field: "win_back.due_date", description: "must be today or later", reason: "INVALID_DATE" },
  ]);
}

/** The whole public state, as events carry it. */
export const present = (winBack: WinBackState): WinBack => ({
  winBackId: winBack.winBackId,
  customerId: winBack.customerId,
  churnReason: numberOf(ChurnReason, winBack.churnReason),
  measure: winBack.measure,
  ownerId: winBack.ownerId,
  dueDate: dateOf(winBack.dueDate),
  outcome: numberOf(Outcome, winBack.outcome),
  outcomeNote: winBack.outcomeNote,
  startTime: winBack.startTime,
  endTime: winBack.endTime ?? undefined,
  etag: etagOf(winBack),
});
