import { CaseCorrectiveActionLinked } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import type { LinkCasesRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { cases } from "../../cases/cases.ts";
import { requireOpen } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";
import { requireFree } from "../require-free.ts";

export const linkCases = command<LinkCasesRequest, CorrectiveAction>(
  async ({ correctiveActionId, etag, caseIds }, at) => {
    const action = await lock(at, actions, correctiveActionId);
    matchEtag(action, etag);
    requireOpen(action);
    const linked = await lock(at, cases, caseIds);
    const others = linked.filter((each) => each.correctiveActionId !== correctiveActionId);
    await requireFree(at, others);
    const after = others.map((each) => ({ ...each, correctiveActionId, updateTime: at.now }));
    record(at, cases, after, CaseCorrectiveActionLinked);
    return present(action);
  },
);
