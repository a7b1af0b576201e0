import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAbsorbed, CasesMerged } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { MergeCasesRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { mergeMarks } from "../../sla/clock.ts";
import { copyTold } from "../../sla/told.ts";
import { invalid } from "../case.ts";
import { cases } from "../cases.ts";
import { keepClocked, nowAfter } from "../keep.ts";
import { marksBetween, marksOf } from "../marks.ts";
import { absorb, absorbedInto } from "../merging.ts";
import { present } from "../present.ts";

export const mergeCases = command<MergeCasesRequest, Case>(async (request, at) => {
  const { caseId, etag } = request;
  const absorbedCaseIds = request.absorbedCaseIds.map((id) => id.toLowerCase());
  const ids = [...new Set([caseId, ...absorbedCaseIds])];
  if (ids.length <= absorbedCaseIds.length)
    throw invalid([
      { field: "absorbed_case_ids", description: "must not name the case itself, nor one twice" },
    ]);
  const [before, ...others] = await lock(at, cases, ids);
  matchEtag(before!, etag);
  const now = latest([before!, ...others].map((each) => nowAfter(each, at)));
  const after = absorb(before!, others, now);
  const marks = await marksOf(at, ids);
  const known = marks.get(caseId)!;
  const heard = mergeMarks(
    [],
    others.flatMap((other) => marks.get(other.caseId)!),
  );
  copyTold(at, absorbedCaseIds, caseId);
  const kept = await keepClocked(at, after, { known, marks: heard }, CasesMerged, { absorbedCaseIds });
  for (const other of others) {
    const gone = absorbedInto(other, caseId, now);
    const ends = { known: marks.get(other.caseId)!, marks: marksBetween(other, gone, now) };
    await keepClocked(at, gone, ends, CaseAbsorbed);
  }
  return present(kept);
});

const latest = (times: readonly Date[]) => times.reduce((one, other) => (other > one ? other : one));
