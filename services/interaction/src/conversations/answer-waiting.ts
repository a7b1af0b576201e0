// The first word of a human being of ours answers all who wait in a conversation (R061).
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { lock, record } from "@guanxi/kit/store";
import { replied, unreplied } from "../interactions/interaction.ts";
import { answeredBy, interactions, type Waiting, waitingIn } from "../interactions/interactions.ts";
import { answered, waiting } from "./conversation.ts";
import type { ConversationState } from "./conversation-state.ts";

export interface Answer {
  readonly interactionId: string;
  readonly time: Date;
}

const AT_ONCE = 500;

/**
 * The conversation, locked by the caller, as it is after an answer: nobody waits who had spoken before it. Answers the
 * contacts; the conversation itself is the caller's to record.
 */
export async function answerWaiting(
  at: At,
  conversation: ConversationState,
  answer: Answer,
): Promise<ConversationState> {
  if (conversation.waitingSinceTime === null) return conversation;
  for (;;) {
    const all = await waitingIn(at, conversation.conversationId, AT_ONCE);
    const done = all.filter(({ eventTime }) => eventTime <= answer.time);
    const locked = await lock(
      at,
      interactions,
      done.map(({ interactionId }) => interactionId),
    );
    record(
      at,
      interactions,
      locked.map((it) => replied(it, answer, at.now)),
      InteractionChanged,
    );
    if (done.length < AT_ONCE) return stillWaiting(conversation, all.slice(done.length));
  }
}

/** The conversation, locked by the caller, where what answered it has not arrived: whoever it answered waits as before. */
export async function waitAgain(
  at: At,
  conversation: ConversationState,
  answerId: string,
): Promise<ConversationState> {
  const ids = await answeredBy(at, conversation.conversationId, answerId, AT_ONCE);
  const locked = await lock(at, interactions, ids);
  record(
    at,
    interactions,
    locked.map((it) => unreplied(it, at.now)),
    InteractionChanged,
  );
  return locked.reduce(
    (it, { eventTime, replyDueTime }) =>
      replyDueTime ? waiting(it, { since: eventTime, due: replyDueTime }) : it,
    conversation,
  );
}

/** Who spoke after the answer waits on, and not longer than before. */
const stillWaiting = (before: ConversationState, left: readonly Waiting[]): ConversationState =>
  left.reduce(
    (it, { eventTime, replyDueTime }) => waiting(it, { since: eventTime, due: replyDueTime }),
    answered(before),
  );
