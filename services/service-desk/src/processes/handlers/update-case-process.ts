import { isDeepStrictEqual } from "node:util";
import { CaseProcess } from "@guanxi/contract/guanxi/service_desk/v1/case_process";
import { CaseProcessChanged } from "@guanxi/contract/guanxi/service_desk/v1/case_process_events";
import type { UpdateCaseProcessRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change, present } from "../case-process.ts";
import { caseProcesses } from "../case-processes.ts";

export const updateCaseProcess = command<UpdateCaseProcessRequest, CaseProcess>(async (request, at) => {
  const { caseProcess: sent, etag, updateMask } = request;
  const before = await lock(at, caseProcesses, sent?.caseProcessId ?? "");
  requireEtag(before, etag);
  const merged = at.check(CaseProcess, merge(CaseProcess, present(before), sent, updateMask), "case_process");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  return present(record(at, caseProcesses, after, CaseProcessChanged));
});
