// What became of a message, as the sender tells it.
import { ConversationChanged } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import { MessageSent } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { get, lock, lockFound, record } from "@guanxi/kit/store";
import { answerWaiting } from "../conversations/answer-waiting.ts";
import { conversations } from "../conversations/conversations.ts";
import { rememberThreads } from "../conversations/threads.ts";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { interactions } from "../interactions/interactions.ts";
import { mailKey } from "../interactions/keys.ts";
import { noteSurveySent, SURVEY } from "../invitations/note-sent.ts";

/**
 * The next server has a message: from now on a reply to it finds the conversation, and what a human being wrote answers those
 * who wait in it. Locks the conversation before the message, as all do: the caller has locked neither.
 */
export async function recordSent(at: At, interactionId: string, detail: string): Promise<InteractionState> {
  const { conversationId } = await get(at, interactions, interactionId);
  const [conversation] = conversationId ? await lockFound(at, conversations, [conversationId]) : [];
  const before = await lock(at, interactions, interactionId);
  if (!GOES.includes(before.deliveryState)) return before;
  const after = record(at, interactions, sent(before, detail, at.now), MessageSent);
  if (after.delivery?.purpose === SURVEY) await noteSurveySent(at, interactionId);
  if (!conversation || after.automatic) return after;
  const answered = await answerWaiting(at, conversation, { interactionId, time: at.now });
  if (answered !== conversation)
    record(at, conversations, { ...answered, updateTime: at.now }, ConversationChanged);
  return after;
}

/** It may have come back already, or be known otherwise. One that is queued again need not leave a second time. */
const GOES: readonly InteractionState["deliveryState"][] = ["SENDING", "QUEUED"];

const sent = (it: InteractionState, detail: string, now: Date): InteractionState => ({
  ...it,
  deliveryState: "SENT",
  delivery: { ...it.delivery!, stateTime: now.toISOString(), detail },
  updateTime: now,
});

/** A reply to a mail of ours names its Message-ID. */
export function rememberMail(at: At, conversationId: string, messageId: string): void {
  rememberThreads(at, "EMAIL", conversationId, [mailKey(messageId)]);
}
