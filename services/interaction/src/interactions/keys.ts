// By what a contact finds its conversation, where nobody says it: the surest key first.
import { addressKey } from "../projections/address-key.ts";
import type { InteractionState } from "./interaction-state.ts";

/** Mails by the ids of the thread, posts by the thread and who writes in it, all else by customer or address. */
export function threadKeysOf(it: InteractionState): string[] {
  const { detail } = it;
  if (detail?.$case === "email") {
    const { messageId, inReplyTo, references } = detail.value;
    const ids = [messageId, inReplyTo, ...references.toReversed()].filter((id) => id !== "");
    if (ids.length > 0) return ids.map(mailKey);
  }
  const who = partyKeys(it);
  if (detail?.$case !== "social" || detail.value.threadId === "") return who;
  const thread = `post:${detail.value.network}:${detail.value.threadId}`;
  return who.length > 0 ? who.map((key) => `${thread} ${key}`) : [thread];
}

export const mailKey = (messageId: string) => `mail:${messageId}`;
export const customerKey = (customerId: string) => `customer:${customerId}`;

/** It says which conversation is meant; the others say only who speaks. */
export const namesThread = (key: string) => key.startsWith("mail:");

/** Without those of customers that the conversation is not with. */
export const keysFor = (keys: readonly string[], customerId: string | null): string[] =>
  keys.filter((key) => {
    const named = /(?:^| )customer:(.*)$/.exec(key)?.[1];
    return namesThread(key) || named === undefined || named === customerId;
  });

function partyKeys({ customerId, channel, partyAddress, detail }: InteractionState): string[] {
  const network = detail?.$case === "social" ? detail.value.network : "";
  const kind = channel === "SMS" ? "PHONE" : channel;
  const address = addressKey(kind, partyAddress);
  return [
    ...(customerId ? [customerKey(customerId)] : []),
    ...(address ? [`address:${network}:${address}`] : []),
  ];
}
