// What is due of a conversation. Its jobs only look: they read the row again, and find out whether it is so.
import { enqueue } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { silentFrom } from "./conversation.ts";
import type { ConversationState } from "./conversation-state.ts";

export const REPLY_DUE = "reply due";
export const CONVERSATION_SILENCE = "conversation silence";
export const CONVERSATION_LINK = "conversation link";

/** Looks again when an answer is due, and when the conversation has been silent for long enough to be over. */
export function expectMore(at: At, it: ConversationState, silenceDays: number): void {
  enqueue(at, CONVERSATION_SILENCE, it.conversationId, silentFrom(it, silenceDays));
  if (it.replyDueTime && !it.overdue) enqueue(at, REPLY_DUE, it.conversationId, it.replyDueTime);
}
