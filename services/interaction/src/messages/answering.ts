// What a message answers: whose it is then, and where it goes.
import type { At } from "@guanxi/kit/at";
import { refuse } from "@guanxi/kit/refuse";
import { find, get } from "@guanxi/kit/store";
import { conversations, conversationsOfCase } from "../conversations/conversations.ts";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { interactions, lastLetter } from "../interactions/interactions.ts";
import { isOurs } from "../mail/mailboxes.ts";
import { otherCustomer } from "../known-contacts.ts";
import { bouncedAmong } from "./bounced-addresses.ts";
import type { Choice } from "./choose-channel.ts";
import type { Message } from "./plan-message.ts";

/** With what is known from what it answers: the conversation, and the customer where nobody said it. */
export async function withAnswered<M extends Message>(at: At, asked: M) {
  const { conversation, answered } = await askedIn(at, asked);
  const others = [conversation?.customerId, answered?.customerId];
  const customerId = [asked.customerId, ...others].find(Boolean) ?? "";
  if (customerId === "" && !answered) throw customerMissing();
  const conversationId = asked.conversationId ?? answered?.conversationId;
  const message: M = { ...asked, customerId, ...(conversationId && { conversationId }) };
  await requireOneCustomer(at, message, others);
  return { message, answered };
}

async function askedIn(at: At, { conversationId, inReplyToInteractionId }: Message) {
  const [conversation, named] = await Promise.all([
    conversationId ? get(at, conversations, conversationId) : undefined,
    inReplyToInteractionId ? get(at, interactions, inReplyToInteractionId) : undefined,
  ]);
  const answered = named ?? (conversation && (await lastLetter(at, conversation.conversationId)));
  return { conversation, answered };
}

const customerMissing = () =>
  refuse("invalid", "CUSTOMER_MISSING", "Say to whom it goes, or which letter it answers.", [
    {
      field: "customer_id",
      description: "must be given, unless it is an answer",
      reason: "CUSTOMER_MISSING",
    },
  ]);

/** More conversations about one case say no more of whose it is. */
const MOST = 20;

/** What is said to one customer stands in nobody else's conversation or case. */
async function requireOneCustomer(
  at: At,
  { customerId, caseId }: Message,
  others: readonly (string | null | undefined)[],
): Promise<void> {
  const about = caseId ? await find(at, conversations, await conversationsOfCase(at, caseId, MOST)) : [];
  const ofCase = about.flatMap((each) => each.customerId ?? []);
  if (others.some((other) => other && other !== customerId)) throw otherCustomer("the conversation");
  if (ofCase.length > 0 && !ofCase.includes(customerId)) throw otherCustomer("the case");
}

/**
 * Whoever wrote gets the answer, where they asked for it: they want it there, whatever they prefer otherwise. Undefined where that
 * says nothing of where the message goes.
 */
export async function answerChoice(
  at: At,
  message: Message,
  answered: InteractionState | undefined,
): Promise<Choice | undefined> {
  if (answered?.direction !== "INBOUND" || answered.channel !== "EMAIL") return undefined;
  if (!isForWriter(message, answered)) return undefined;
  const address = await addressOf(at, answered);
  if (address === "") return undefined;
  if ((await bouncedAmong(at, [address])).length === 0)
    return { channel: "EMAIL", address, rerouteReason: "" };
  return { reason: "ADDRESS_BOUNCED", why: "The last message to whoever wrote came back for good." };
}

const isForWriter = (
  { channel = "EMAIL", purpose, contactId }: Message,
  { contactId: writer }: InteractionState,
) => channel === "EMAIL" && purpose === "service" && (!contactId || contactId === writer);

/** A mailbox of ours would only write to itself. */
async function addressOf(at: At, { detail, partyAddress }: InteractionState): Promise<string> {
  const replyTo = detail?.$case === "email" ? detail.value.replyTo : "";
  return replyTo && !(await isOurs(at, replyTo)) ? replyTo : partyAddress;
}
