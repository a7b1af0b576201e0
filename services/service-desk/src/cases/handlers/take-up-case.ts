import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAssigned, CaseMoved } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { TakeUpCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { requireActingUser } from "../../acting-user.ts";
import { takeUp } from "../case.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const takeUpCase = command<TakeUpCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = takeUp(before, requireActingUser(at), at.now);
  if (after === before) return present(before);
  const event = after.assigneeId === before.assigneeId ? CaseMoved : CaseAssigned;
  return present(await keep(at, before, after, event));
});
