// Where a case comes to, it gets the steps that have to be done there.
import type { At } from "@guanxi/kit/at";
import { stepsFor } from "../processes/case-processes.ts";
import { withSteps } from "./case.ts";
import type { CaseState } from "./case-state.ts";

/** What was asked of it before stays. */
export const isWithoutSteps = (before: Pick<CaseState, "queueId">, after: CaseState) =>
  after.queueId !== null && after.queueId !== before.queueId && after.steps.length === 0;

export async function checklisted(at: At, before: CaseState, after: CaseState): Promise<CaseState> {
  if (!isWithoutSteps(before, after)) return after;
  return withSteps(after, await stepsFor(at, after.kind, after.queueId));
}
