// The places of contacts in their conversations, for many at once.
import type { At } from "@guanxi/kit/at";
import { lockFound, named } from "@guanxi/kit/store";
import { conversations } from "../conversations/conversations.ts";
import { holdThreads } from "../conversations/threads.ts";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { threadKeyOf } from "./interaction-row.ts";

/** Conversation and position of each: behind those that are there, in the order of the file. */
export async function seatsFor(
  at: At,
  contacts: readonly InteractionState[],
): Promise<(contact: InteractionState) => InteractionState> {
  // One lock for all imports of a tenant: one for each thread would be thousands.
  if (contacts.length > 0) await holdThreads(at, ["import"]);
  const ids = await conversationsOf(at, contacts);
  const locked = await lockFound(at, conversations, [...new Set(ids.values())].toSorted());
  const last = new Map(locked.map((it) => [it.conversationId, it.lastPosition]));
  const seated = new Map<InteractionState, InteractionState>();
  for (const contact of contacts) {
    const name = nameOf(contact);
    const conversationId = ids.get(name) ?? at.newId();
    ids.set(name, conversationId);
    const position = (last.get(conversationId) ?? 0) + 1;
    last.set(conversationId, position);
    seated.set(contact, { ...contact, conversationId, position });
  }
  return (contact) => seated.get(contact) ?? contact;
}

const nameOf = (contact: InteractionState) => `${contact.channel} ${threadKeyOf(contact)}`;

/** What is told of the past belongs to the last conversation of its thread, whether that goes on or is over. */
async function conversationsOf(at: At, contacts: readonly InteractionState[]): Promise<Map<string, string>> {
  const wanted = new Map(contacts.map((contact) => [nameOf(contact), contact]));
  const rows = await named<{ channel: string; key: string; conversationId: string }>(at, {
    name: "threads of many",
    text: `select t.channel, t.key, t.conversation_id as "conversationId"
      from unnest($1::text[], $2::text[]) as i (channel, key)
      join conversation_threads t on t.channel = i.channel and t.key = i.key`,
    values: [
      [...wanted.values()].map(({ channel }) => channel),
      [...wanted.values()].map((contact) => threadKeyOf(contact)!),
    ],
  });
  return new Map(rows.map(({ channel, key, conversationId }) => [`${channel} ${key}`, conversationId]));
}
