// A contact joins its conversation: one after the other, however many arrive at once.
import { enqueue } from "@guanxi/bus/enqueue";
import {
  ConversationClosed,
  ConversationContinued,
  ConversationStarted,
} from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import { InteractionRecorded } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { find, lockFound, record } from "@guanxi/kit/store";
import { answerWaiting } from "../conversations/answer-waiting.ts";
import { begin, close, continued, isSilent, waiting } from "../conversations/conversation.ts";
import type { ConversationState } from "../conversations/conversation-state.ts";
import { conversations } from "../conversations/conversations.ts";
import { CONVERSATION_LINK, expectMore } from "../conversations/due.ts";
import { conversationsBy, holdThreads, rememberThreads } from "../conversations/threads.ts";
import { termsFor } from "../response-targets/response-targets.ts";
import { speaks, withReply } from "./interaction.ts";
import type { InteractionState } from "./interaction-state.ts";
import { interactions, knownInteraction } from "./interactions.ts";
import { keysFor, namesThread } from "./keys.ts";

export interface Contact {
  /** As `take` made it, with the customer where it is known. */
  readonly draft: InteractionState;
  /** By which it finds its conversation; the surest first. */
  readonly keys: readonly string[];
  /** By which later ones find it besides. */
  readonly leadingKeys?: readonly string[];
  /** Where it is said; another one is looked for by the keys if that is over, or on another channel. */
  readonly conversationId: string | null;
}

export interface Recorded {
  readonly interaction: InteractionState;
  /** False where it was here already. */
  readonly stored: boolean;
}

/** Records a contact once, at the next place of its conversation. */
export async function recordContact(at: At, contact: Contact): Promise<Recorded> {
  const { draft, keys, leadingKeys = [], conversationId } = contact;
  const threads = [...keys, ...leadingKeys].map((key) => `${draft.channel} ${key}`);
  const names = draft.externalIds.map(({ system, id }) => `external ${system} ${id}`);
  const said = conversationId ? [`conversation ${conversationId}`] : [];
  await holdThreads(at, [...threads, ...names, ...said]);
  const known = await knownInteraction(at, draft.externalIds);
  if (known) return { interaction: (await find(at, interactions, [known]))[0]!, stored: false };
  if (draft.direction === "INTERNAL" && !conversationId)
    return { interaction: record(at, interactions, draft, InteractionRecorded), stored: true };
  return { interaction: await joined(at, contact), stored: true };
}

async function joined(at: At, contact: Contact): Promise<InteractionState> {
  const { draft, keys, leadingKeys = [] } = contact;
  const { replyMinutes, silenceDays } = await termsFor(at, draft.channel, draft.customerId);
  const found = await goingOn(at, contact, silenceDays);
  const after = continued(found ?? begin(draft, at.newId(), at.now), draft, at.now);
  const interaction = withReply(placed(draft, after), replyMinutes);
  const conversation = await withWaits(at, after, interaction);
  const recorded = record(at, interactions, interaction, InteractionRecorded);
  if (found)
    record(at, conversations, conversation, ConversationContinued, { interactionId: draft.interactionId });
  else record(at, conversations, conversation, ConversationStarted);
  const leading = keysFor([...keys, ...leadingKeys], conversation.customerId);
  rememberThreads(at, draft.channel, conversation.conversationId, leading);
  expectMore(at, conversation, silenceDays);
  if (found && found.customerId !== conversation.customerId)
    enqueue(at, CONVERSATION_LINK, conversation.conversationId);
  return recorded;
}

/** At the end of its conversation, which knows what the contact did not say. */
function placed(draft: InteractionState, conversation: ConversationState): InteractionState {
  const { conversationId, lastPosition, customerId, contactId, caseId } = conversation;
  const isSame = ["", conversation.partyAddress].includes(draft.partyAddress);
  return {
    ...draft,
    conversationId,
    position: lastPosition,
    customerId: draft.customerId ?? customerId,
    // From another address another person of the customer may write.
    contactId: draft.contactId ?? (isSame ? contactId : null),
    caseId: draft.caseId ?? caseId,
  };
}

/** Somebody of us who speaks ends the waits that were; a customer who asks begins one. */
async function withWaits(
  at: At,
  conversation: ConversationState,
  interaction: InteractionState,
): Promise<ConversationState> {
  const { interactionId, eventTime, replyDueTime } = interaction;
  const answered = speaks(interaction)
    ? await answerWaiting(at, conversation, { interactionId, time: eventTime })
    : conversation;
  return replyDueTime ? waiting(answered, { since: eventTime, due: replyDueTime }) : answered;
}

/**
 * The conversation that it belongs to, locked; one that has been silent for too long ends now. Who is found by nothing but an
 * address may be another customer behind the same switchboard, who has a conversation of their own.
 */
async function goingOn(
  at: At,
  { draft, keys, conversationId }: Contact,
  silenceDays: number,
): Promise<ConversationState | undefined> {
  const led = await conversationsBy(at, draft.channel, keys);
  const meant = led.filter(({ key }) => namesThread(key)).map((each) => each.conversationId);
  if (conversationId) meant.unshift(conversationId);
  const ids = [...new Set([...meant, ...led.map((each) => each.conversationId)])];
  if (ids.length === 0) return undefined;
  const locked = await lockFound(at, conversations, ids);
  const open = locked.filter(({ channel, state }) => channel === draft.channel && state === "OPEN");
  const isOver = (it: ConversationState) => isSilent(it, silenceDays, draft.eventTime);
  for (const it of open.filter(isOver)) record(at, conversations, close(it, at.now), ConversationClosed);
  const isTheirs = (it: ConversationState) =>
    meant.includes(it.conversationId) ||
    [null, draft.customerId].includes(it.customerId) ||
    !draft.customerId;
  return open.find((it) => isTheirs(it) && !isOver(it));
}
