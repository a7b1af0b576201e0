// How a case comes to its end, and back.
import {
  type Case_Resolution as Resolution,
  type Case_RootCause as RootCause,
  Case_Resolution,
  Case_RootCause,
} from "@guanxi/contract/guanxi/service_desk/v1/case";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import { complaintStays, invalid } from "./case.ts";
import type { CaseState, CaseStatus } from "./case-state.ts";
import { entered, illegalMove, isOpen, movesOf, requireOpen } from "./case-status.ts";

/** The same case where it is there already. */
export function move(it: CaseState, status: CaseStatus, now: Date): CaseState {
  if (it.status === status) return it;
  const possible = movesOf(it);
  if (!possible.includes(status)) throw illegalMove(it, status, possible);
  return entered(it, status, now);
}

export function acknowledge(it: CaseState, now: Date): CaseState {
  if (it.acknowledgeTime) return it;
  requireOpen(it);
  return { ...it, acknowledgeTime: now, updateTime: now };
}

/** A word of ours; the first one ends the clock of the first response. */
export const answer = (it: CaseState, time: Date, now: Date): CaseState => ({
  ...it,
  firstResponseTime: it.firstResponseTime && it.firstResponseTime < time ? it.firstResponseTime : time,
  updateTime: now,
});

/** A word of the customer: what waited for it goes on, what was resolved is open again. What is over stays so. */
export function hear(it: CaseState, now: Date): CaseState {
  const heard = { ...it, customerContactCount: it.customerContactCount + 1, updateTime: now };
  if (it.status === "WAITING_CUSTOMER") return entered(heard, "IN_PROGRESS", now);
  return it.status === "RESOLVED" ? reopened(heard, now) : heard;
}

/** When somebody says that something was said: not in the future, not before the case. */
export function saidAt(it: CaseState, time: Date | undefined, now: Date): Date {
  if (time === undefined) return now;
  if (time > now) throw invalid([{ field: "time", description: "must not be in the future" }]);
  if (time < it.openTime) throw invalid([{ field: "time", description: "must not be before the case" }]);
  return time;
}

/** The same case where the step is done already. */
export function completeStep(it: CaseState, code: string, userId: string, now: Date): CaseState {
  const step = it.steps.find((each) => each.code === code);
  if (!step) throw unknownStep(it, code);
  if (step.doneTime !== null) return it;
  if (!isOpen(it) && it.status !== "RESOLVED") requireOpen(it);
  const done = { ...step, doneTime: now.toISOString(), doneBy: userId };
  return { ...it, steps: it.steps.map((each) => (each === step ? done : each)), updateTime: now };
}

const unknownStep = ({ number, steps }: CaseState, code: string) =>
  refuse(
    "invalid",
    "UNKNOWN_STEP",
    steps.length > 0
      ? `Case ${number} has no step ${code}: it has ${steps.map((step) => step.code).join(", ")}.`
      : `Case ${number} has no steps.`,
    [{ field: "code", description: "is no step of this case", reason: "UNKNOWN_STEP" }],
  );

export interface Answer {
  readonly resolution: Resolution;
  readonly note: string;
  readonly rootCause: RootCause;
  readonly rootCauseNote: string;
}

export function resolve(it: CaseState, said: Answer, now: Date): CaseState {
  requireOpen(it);
  const rootCause = nameOf(Case_RootCause, said.rootCause) ?? it.rootCause;
  if (it.kind === "COMPLAINT") requireAnswerable(it, rootCause);
  const resolved = {
    ...it,
    resolution: nameOf(Case_Resolution, said.resolution),
    resolutionNote: said.note,
    rootCause,
    rootCauseNote: said.rootCauseNote || it.rootCauseNote,
    resolveTime: now,
  };
  return entered(resolved, "RESOLVED", now);
}

function requireAnswerable({ acknowledgeTime, number }: CaseState, rootCause: CaseState["rootCause"]): void {
  if (!acknowledgeTime)
    throw refuse(
      "precondition",
      "NOT_ACKNOWLEDGED",
      `Tell the customer first that we have complaint ${number}.`,
    );
  if (rootCause === null)
    throw refuse("precondition", "ROOT_CAUSE_MISSING", `Say why it came to complaint ${number}.`);
}

/** The same case where it is closed already. */
export function close(it: CaseState, now: Date): CaseState {
  if (it.status === "CLOSED") return it;
  const missing = it.steps.filter(({ doneTime }) => doneTime === null);
  if (missing.length > 0 && it.status === "RESOLVED") throw stepsMissing(it, missing);
  return entered({ ...it, closeTime: now }, "CLOSED", now);
}

const stepsMissing = ({ number }: CaseState, missing: CaseState["steps"]) =>
  refuse(
    "precondition",
    "STEPS_MISSING",
    `Case ${number} is not done: ${missing.map(({ label }) => label).join(", ")}.`,
    missing.map(({ code, label }) => ({
      field: `steps.${code}`,
      description: label,
      reason: "STEP_MISSING",
    })),
  );

/** The answer was none: what was said of it stays, and when it was given does not. */
function reopened(it: CaseState, now: Date): CaseState {
  const again = {
    ...it,
    resolveTime: null,
    closeTime: null,
    resolution: null,
    reopenCount: it.reopenCount + 1,
  };
  return entered(again, "IN_PROGRESS", now);
}

export function reopen(it: CaseState, now: Date): CaseState {
  if (isOpen(it)) return it;
  return reopened(it, now);
}

/** The same case where it is cancelled already. */
export function cancel(it: CaseState, now: Date): CaseState {
  if (it.status === "CANCELLED") return it;
  if (it.kind === "COMPLAINT") throw complaintStays("is cancelled");
  return entered(it, "CANCELLED", now);
}
