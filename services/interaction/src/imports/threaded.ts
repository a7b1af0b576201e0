// Conversations follow the contacts that an import makes and takes away. Nobody waits in them: the past needs no answer.
import { enqueue } from "@guanxi/bus/enqueue";
import {
  ConversationChanged,
  ConversationContinued,
  ConversationRemoved,
  ConversationStarted,
} from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import type { Followed } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { discard, lockFound, record } from "@guanxi/kit/store";
import { begin, close, continued, isSilent, silentFrom } from "../conversations/conversation.ts";
import type { ConversationState } from "../conversations/conversation-state.ts";
import { conversations } from "../conversations/conversations.ts";
import { CONVERSATION_SILENCE } from "../conversations/due.ts";
import { forgetThreads, rememberThreads } from "../conversations/threads.ts";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { firstTerms } from "../response-targets/response-target.ts";
import { threadKeyOf } from "./interaction-row.ts";

type Group = readonly [id: string, contacts: readonly InteractionState[]];

export async function followContacts(
  at: At,
  { created, removed }: Followed<InteractionState>,
): Promise<void> {
  await join(at, groupsOf(created));
  await leave(at, groupsOf(removed));
}

const groupsOf = (contacts: readonly InteractionState[]): Group[] => [
  ...Map.groupBy(
    contacts.filter(({ conversationId }) => conversationId !== null),
    ({ conversationId }) => conversationId!,
  ),
];

async function join(at: At, groups: readonly Group[]): Promise<void> {
  const there = await lockedOf(at, groups);
  const together = (before: ConversationState, contacts: readonly InteractionState[]) =>
    contacts.reduce((it, contact) => continued(it, contact, at.now), before);
  const grown = groups.flatMap(([id, contacts]) => {
    const before = there.get(id);
    return before ? [together(before, contacts)] : [];
  });
  const begun = groups
    .filter(([id]) => !there.has(id))
    .map(([id, contacts]) => overWhereSilent(together(begin(contacts[0]!, id, at.now), contacts), at.now));
  record(at, conversations, grown, ConversationContinued);
  record(at, conversations, begun, ConversationStarted);
  for (const [id, [first]] of groups)
    if (!there.has(id)) rememberThreads(at, first!.channel, id, [threadKeyOf(first!)!]);
  for (const it of begun.filter(({ state }) => state === "OPEN"))
    enqueue(at, CONVERSATION_SILENCE, it.conversationId, silentFrom(it, firstTerms(it.channel).silenceDays));
}

const overWhereSilent = (it: ConversationState, now: Date) =>
  isSilent(it, firstTerms(it.channel).silenceDays, now) ? close(it, now) : it;

async function leave(at: At, groups: readonly Group[]): Promise<void> {
  const there = await lockedOf(at, groups);
  const left = groups.flatMap(([id, contacts]) => {
    const before = there.get(id);
    const count = (before?.interactionCount ?? 0) - contacts.length;
    return before ? [{ ...before, interactionCount: count, updateTime: at.now }] : [];
  });
  const isEmpty = ({ interactionCount }: ConversationState) => interactionCount <= 0;
  const empty = left.filter(isEmpty).map(({ conversationId }) => there.get(conversationId)!);
  record(
    at,
    conversations,
    left.filter((it) => !isEmpty(it)),
    ConversationChanged,
  );
  discard(at, conversations, empty, ConversationRemoved);
  forgetThreads(
    at,
    empty.map(({ conversationId }) => conversationId),
  );
}

async function lockedOf(at: At, groups: readonly Group[]): Promise<Map<string, ConversationState>> {
  const locked = await lockFound(
    at,
    conversations,
    groups.map(([id]) => id),
  );
  return new Map(locked.map((it) => [it.conversationId, it]));
}
