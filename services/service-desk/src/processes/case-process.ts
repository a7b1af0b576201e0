// What must be done before a case is closed.
import { isDeepStrictEqual } from "node:util";
import { Case_Kind } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { CaseProcess } from "@guanxi/contract/guanxi/service_desk/v1/case_process";
import { nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { invalid } from "../cases/case.ts";
import type { CaseKind, StoredStep } from "../cases/case-state.ts";

export interface CaseProcessState {
  readonly caseProcessId: string;
  readonly displayName: string;
  readonly kind: CaseKind;
  readonly queueId: string | null;
  readonly steps: readonly { readonly code: string; readonly label: string }[];
  readonly stepsVersion: number;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export const create = (sent: CaseProcess, caseProcessId: string, now: Date): CaseProcessState => ({
  caseProcessId,
  kind: nameOf(Case_Kind, sent.kind) ?? "QUESTION",
  queueId: sent.queueId.toLowerCase() || null,
  displayName: sent.displayName,
  steps: stepsOf(sent),
  stepsVersion: 1,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(process: CaseProcessState, sent: CaseProcess, now: Date): CaseProcessState {
  const steps = stepsOf(sent);
  const stepsVersion = process.stepsVersion + (isDeepStrictEqual(steps, process.steps) ? 0 : 1);
  return { ...process, displayName: sent.displayName, steps, stepsVersion, updateTime: now };
}

function stepsOf({ steps }: CaseProcess) {
  const codes = steps.map(({ code }) => code);
  if (new Set(codes).size < codes.length)
    throw invalid([{ field: "case_process.steps", description: "must not repeat a code" }]);
  return steps.map(({ code, label }) => ({ code, label }));
}

/** As a case keeps them: what was asked of it does not change under it. */
export const stepsForCase = (process: CaseProcessState | undefined) => ({
  version: process ? `${process.caseProcessId}/${process.stepsVersion}` : "",
  steps: (process?.steps ?? []).map((step): StoredStep => ({ ...step, doneTime: null, doneBy: "" })),
});

/** The whole public state, as events carry it. */
export const present = (process: CaseProcessState): CaseProcess => ({
  caseProcessId: process.caseProcessId,
  displayName: process.displayName,
  kind: numberOf(Case_Kind, process.kind),
  queueId: process.queueId ?? "",
  steps: [...process.steps],
  stepsVersion: process.stepsVersion,
  createTime: process.createTime,
  updateTime: process.updateTime,
  etag: etagOf(process),
});
