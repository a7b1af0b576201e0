import { type Case, Case_Status } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseMoved } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { MoveCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { nameOf } from "@guanxi/kit/enum-names";
import { command } from "@guanxi/kit/handler";
import { move } from "../course.ts";
import { keep, lockCase } from "../keep.ts";
import { present } from "../present.ts";

export const moveCase = command<MoveCaseRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const after = move(before, nameOf(Case_Status, request.status)!, at.now);
  if (after === before) return present(before);
  return present(await keep(at, before, after, CaseMoved, { facts: { reason: request.reason } }));
});
