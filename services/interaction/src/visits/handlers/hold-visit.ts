import { Channel, Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import { VisitHeld } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import type { HoldVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import type { At } from "@guanxi/kit/at";
import { numberOf } from "@guanxi/kit/enum-names";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock } from "@guanxi/kit/store";
import { makeTask } from "../../tasks/make-task.ts";
import { present } from "../present.ts";
import { recordTalk } from "../talk.ts";
import { holdVisit as hold, talkOf, withWhatCame } from "../visit.ts";
import { keepVisit } from "../visit-clock.ts";
import type { VisitState } from "../visit-state.ts";
import { visits } from "../visits.ts";

export const holdVisit = command<HoldVisitRequest, Visit>(async (request, at) => {
  const before = await lock(at, visits, request.visitId);
  matchEtag(before, request.etag);
  const held = hold(before, request, at.now);
  const said = { outcome: numberOf(Interaction_Outcome, held.outcome), note: "", learned: request.learned };
  const interactionId = await recordTalk(at, { ...talkOf(held), channel: Channel.VISIT }, said);
  const nextStepTaskId = await makeNextStep(at, held);
  return present(keepVisit(at, withWhatCame(held, { interactionId, nextStepTaskId }), VisitHeld));
});

async function makeNextStep(
  at: At,
  { visitId, userId, nextStep, ...visit }: VisitState,
): Promise<string | null> {
  if (!nextStep) return null;
  const { customerId, contactId, caseId } = visit;
  return makeTask(at, {
    kind: "FOLLOW_UP",
    title: nextStep.title,
    assigneeId: userId,
    ...{ customerId, contactId, caseId },
    dueTime: new Date(nextStep.dueTime),
    origin: { rule: "visit", key: visitId, reason: "It was agreed as the next step of a visit." },
  });
}
