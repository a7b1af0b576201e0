import { Channel, Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { ReturnVisitRecorded } from "@guanxi/contract/guanxi/interaction/v1/return_visit_events";
import type { RecordReturnVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/return_visit_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import type { At } from "@guanxi/kit/at";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { actingUser } from "@guanxi/kit/users";
import { recordTalk } from "../../visits/talk.ts";
import { completeTasks } from "../complete-tasks.ts";
import { recover } from "../recover.ts";
import { bodyOf, learnedOf, present, requirePast, takeReturnVisit } from "../return-visit.ts";
import { returnVisits } from "../return-visits.ts";

export const recordReturnVisit = command<RecordReturnVisitRequest, ReturnVisit>(async (request, at) => {
  const sent = ReturnVisit.fromPartial(request.returnVisit ?? {});
  requirePast(sent, at.now);
  await requireCustomer(at, sent.customerId, "return_visit.customer_id");
  await completeTasks(at, sent);
  const interactionId = await recordInHistory(at, sent);
  const told = { returnVisitId: at.newId(), interactionId, userId: actingUser(at), now: at.now };
  const visit = takeReturnVisit(sent, told);
  await recover(at, visit);
  return present(record(at, returnVisits, visit, ReturnVisitRecorded));
});

const recordInHistory = (at: At, sent: ReturnVisit): Promise<string> => {
  const { customerId, contactId, eventTime } = sent;
  const channel = sent.channel || Channel.PHONE;
  const talk = { channel, customerId, contactId, eventTime, userId: actingUser(at), body: bodyOf(sent) };
  return recordTalk(at, talk, { outcome: Interaction_Outcome.REACHED, note: "", learned: learnedOf(sent) });
};
