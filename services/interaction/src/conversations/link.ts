// With whom a conversation is, once it is known.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { ConversationLinked } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import { InteractionLinked } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, lockFound, named, record } from "@guanxi/kit/store";
import { interactions, nobodysIn } from "../interactions/interactions.ts";
import { customerKey } from "../interactions/keys.ts";
import type { ConversationState } from "./conversation-state.ts";
import { conversations } from "./conversations.ts";
import { CONVERSATION_LINK } from "./due.ts";
import { forgetCustomer, holdThreads, rememberThreads } from "./threads.ts";

interface Party {
  readonly customerId: string;
  readonly contactId: string | null;
}

/**
 * Locks a conversation that is to be another customer's: the names by which contacts look for it first, as they do, so that none
 * joins it meanwhile.
 */
export async function lockToLink(
  at: At,
  conversationId: string,
  customerId: string,
): Promise<ConversationState | undefined> {
  const [seen] = await find(at, conversations, [conversationId]);
  if (!seen) return undefined;
  const whose = [seen.customerId, customerId].filter(Boolean) as string[];
  const names = whose.map((id) => `${seen.channel} ${customerKey(id)}`);
  await holdThreads(at, [...names, `conversation ${conversationId}`]);
  return (await lockFound(at, conversations, [conversationId]))[0];
}

/** Of a conversation that lockToLink has locked; what in it is the former customer's follows, and what is nobody's yet. */
export async function linkConversation(at: At, before: ConversationState, party: Party): Promise<void> {
  const { customerId, contactId } = party;
  if (before.customerId === customerId && (contactId ?? before.contactId) === before.contactId) return;
  const after = { ...before, customerId, contactId, updateTime: at.now };
  record(at, conversations, after, ConversationLinked);
  if (before.customerId && before.customerId !== customerId) await takeFrom(at, before, party);
  if (after.state === "OPEN")
    rememberThreads(at, after.channel, after.conversationId, [customerKey(customerId)]);
  if (after.interactionCount > 1) enqueue(at, CONVERSATION_LINK, after.conversationId);
}

const AT_ONCE = 200;

/** In the same command: who it was with is known only now. */
async function takeFrom(at: At, { conversationId, customerId: former }: ConversationState, party: Party) {
  forgetCustomer(at, conversationId, former!);
  for (let more = true; more; ) {
    const ids = await theirsIn(at, conversationId, former!);
    await follow(at, ids, party);
    more = ids.length === AT_ONCE;
  }
}

async function follow(at: At, ids: readonly string[], { customerId, contactId }: Party): Promise<void> {
  const locked = await lock(at, interactions, ids);
  const after = locked.map((it) => ({ ...it, customerId, contactId, updateTime: at.now }));
  record(at, interactions, after, InteractionLinked);
}

async function theirsIn(at: At, conversationId: string, customerId: string): Promise<string[]> {
  const rows = await named<{ interactionId: string }>(at, {
    name: "interactions of former customer",
    text: `select interaction_id as "interactionId" from interactions
      where conversation_id = $1 and customer_id = $2 order by position limit $3`,
    values: [conversationId, customerId, AT_ONCE],
  });
  return rows.map(({ interactionId }) => interactionId);
}

/** What in a conversation is nobody's is with whom the conversation is: a few at a time, since there may be thousands. */
export const conversationLinkJob: Job = {
  name: CONVERSATION_LINK,
  async run({ tenantId, subjectId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await act({ tenantId, timeZone, currencyCode, actor: "interaction/link" }, (at) =>
        linkSome(at, subjectId),
      );
    }
  },
};

async function linkSome(at: At, conversationId: string): Promise<boolean> {
  const [conversation] = await lockFound(at, conversations, [conversationId]);
  if (!conversation?.customerId) return false;
  const { customerId, contactId } = conversation;
  const ids = await nobodysIn(at, conversationId, AT_ONCE);
  await follow(at, ids, { customerId, contactId });
  return ids.length === AT_ONCE;
}
