import { isDeepStrictEqual } from "node:util";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseChanged } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { UpdateCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock } from "@guanxi/kit/store";
import { stepsFor } from "../../processes/case-processes.ts";
import { change, withSteps } from "../case.ts";
import { cases } from "../cases.ts";
import { keep } from "../keep.ts";
import { present } from "../present.ts";
import { requireReferences } from "../references.ts";

export const updateCase = command<UpdateCaseRequest, Case>(async (request, at) => {
  const { case: sent, etag, updateMask } = request;
  const before = await lock(at, cases, sent?.caseId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Case, merge(Case, present(before), sent, updateMask), "case");
  const changed = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...changed, updateTime: before.updateTime }, before)) return present(before);
  await requireReferences(at, changed, before);
  const after =
    changed.kind === before.kind
      ? changed
      : withSteps(changed, await stepsFor(at, changed.kind, changed.queueId));
  return present(await keep(at, before, after, CaseChanged));
});
