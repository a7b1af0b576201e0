import { type Conversation, Conversation_State } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { ConversationState } from "./conversation-state.ts";

/** The whole public state, as events carry it. */
export const present = (it: ConversationState): Conversation => ({
  conversationId: it.conversationId,
  channel: numberOf(Channel, it.channel),
  customerId: it.customerId ?? "",
  contactId: it.contactId ?? "",
  partyAddress: it.partyAddress,
  subject: it.subject,
  state: numberOf(Conversation_State, it.state),
  caseId: it.caseId ?? "",
  assigneeId: it.assigneeId ?? "",
  interactionCount: it.interactionCount,
  firstTime: it.firstTime,
  lastTime: it.lastTime,
  waitingSinceTime: it.waitingSinceTime ?? undefined,
  replyDueTime: it.replyDueTime ?? undefined,
  overdue: it.overdue,
  createTime: it.createTime,
  updateTime: it.updateTime,
  etag: etagOf(it),
});
