import {
  Channel,
  type Delivery,
  Delivery_State,
  Direction,
  type Interaction,
  Interaction_Outcome,
  type Reply,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { dateOf } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { InteractionState } from "./interaction-state.ts";

/** The whole public state, as events carry it. */
export const present = (it: InteractionState): Interaction => ({
  interactionId: it.interactionId,
  channel: numberOf(Channel, it.channel),
  direction: numberOf(Direction, it.direction),
  customerId: it.customerId ?? "",
  contactId: it.contactId ?? "",
  conversationId: it.conversationId ?? "",
  userId: it.userId ?? "",
  automatic: it.automatic,
  partyAddress: it.partyAddress,
  partyName: it.partyName,
  subject: it.subject,
  body: it.body,
  eventTime: it.eventTime,
  eventDate: dateOf(it.eventDate),
  durationSeconds: it.durationSeconds,
  detail: it.detail ?? undefined,
  outcome: numberOf(Interaction_Outcome, it.outcome),
  outcomeNote: it.outcomeNote,
  learned: it.learned ? { facts: [...it.learned.facts], nothingNew: it.learned.nothingNew } : undefined,
  inReplyToInteractionId: it.inReplyToInteractionId ?? "",
  reply: presentReply(it),
  delivery: presentDelivery(it),
  caseId: it.caseId ?? "",
  opportunityId: it.opportunityId ?? "",
  orderId: it.orderId ?? "",
  topic: it.topic ?? "",
  caseWish: it.caseWish ?? undefined,
  externalIds: [...it.externalIds],
  createTime: it.createTime,
  updateTime: it.updateTime,
  etag: etagOf(it),
  position: it.position ?? 0,
  campaignMessageId: it.campaignMessageId ?? "",
  campaignId: it.campaignId ?? "",
});

function presentReply(it: InteractionState): Reply | undefined {
  if (it.replyDueTime === null && it.replyTime === null) return undefined;
  return {
    dueTime: it.replyDueTime ?? undefined,
    replyTime: it.replyTime ?? undefined,
    replyInteractionId: it.replyInteractionId ?? "",
    responseSeconds: BigInt(it.responseSeconds ?? 0),
    overdue: it.replyOverdue,
  };
}

function presentDelivery({ delivery, deliveryState }: InteractionState): Delivery | undefined {
  if (!delivery) return undefined;
  return {
    state: numberOf(Delivery_State, deliveryState),
    stateTime: new Date(delivery.stateTime),
    detail: delivery.detail,
    attempts: delivery.attempts,
    purpose: delivery.purpose,
    plannedChannel: numberOf(Channel, delivery.plannedChannel),
    rerouteReason: delivery.rerouteReason,
    notBeforeTime: delivery.notBeforeTime ? new Date(delivery.notBeforeTime) : undefined,
    attachmentIds: [...delivery.attachmentIds],
    reason: delivery.reason ?? "",
  };
}
