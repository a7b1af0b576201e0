// A message that did not arrive, or of which nobody knows: somebody of us hears of it, and who was answered by it waits again.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { ConversationChanged } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { find, lockFound, record } from "@guanxi/kit/store";
import { waitAgain } from "../conversations/answer-waiting.ts";
import { conversations } from "../conversations/conversations.ts";
import type { ConversationState } from "../conversations/conversation-state.ts";
import { expectMore } from "../conversations/due.ts";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { interactions } from "../interactions/interactions.ts";
import { SURVEY } from "../invitations/note-sent.ts";
import { termsFor } from "../response-targets/response-targets.ts";
import { makeTask } from "../tasks/make-task.ts";
import { isUnderWay, LONGEST_SENDER_MS } from "./resend.ts";

const MESSAGE_LOST = "message lost";

/** What was heard of it stands in its delivery. */
export const tellLost = (at: At, interactionId: string): void => enqueue(at, MESSAGE_LOST, interactionId);

/** Its sender may die without a word. */
export const lookForEnd = (at: At, interactionId: string): void =>
  enqueue(at, MESSAGE_LOST, interactionId, new Date(at.now.getTime() + LONGEST_SENDER_MS));

/** It has left: nobody has to look. */
export const forgetLook = (at: At, interactionId: string): void =>
  at.tell({
    name: "jobs forget message look",
    text: "delete from jobs where name = $1 and subject_id = $2",
    values: [MESSAGE_LOST, interactionId],
  });

/** By itself, since it locks the conversation before the message, and whoever hears of it has locked others. */
export const messageLostJob: Job = {
  name: MESSAGE_LOST,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "interaction/lost" };
    const again = await act(as, (at) => look(at, subjectId));
    if (again) return { again };
  },
};

const LOST: readonly InteractionState["deliveryState"][] = ["FAILED", "BOUNCED", "SENDING"];

/** Answers when to look again. */
async function look(at: At, interactionId: string): Promise<Date | undefined> {
  const conversation = await lockConversation(at, interactionId);
  const [it] = await lockFound(at, interactions, [interactionId]);
  if (!it || !LOST.includes(it.deliveryState)) return undefined;
  if (isUnderWay(it, at.now)) return new Date(new Date(it.delivery!.stateTime).getTime() + LONGEST_SENDER_MS);
  if (it.deliveryState !== "SENDING" && conversation?.state === "OPEN") await owe(at, conversation, it);
  if (it.deliveryState === "SENDING" && it.campaignMessageId !== null) sayUnknown(at, it);
  if (!isIdle(it)) await alarm(at, it, conversation);
  return undefined;
}

async function lockConversation(at: At, interactionId: string): Promise<ConversationState | undefined> {
  const [seen] = await find(at, interactions, [interactionId]);
  if (!seen?.conversationId) return undefined;
  const [conversation] = await lockFound(at, conversations, [seen.conversationId]);
  return conversation;
}

async function owe(at: At, before: ConversationState, { interactionId }: InteractionState): Promise<void> {
  const after = await waitAgain(at, before, interactionId);
  if (after === before) return;
  const kept = record(at, conversations, { ...after, updateTime: at.now }, ConversationChanged);
  const { silenceDays } = await termsFor(at, kept.channel, kept.customerId);
  expectMore(at, kept, silenceDays);
}

/** The campaign counts it among those that failed. */
function sayUnknown(at: At, it: InteractionState): void {
  if (it.delivery!.reason === "UNKNOWN") return;
  const delivery = {
    ...it.delivery!,
    detail: it.delivery!.detail || "Nobody knows whether it has left.",
    reason: "UNKNOWN",
  };
  record(at, interactions, { ...it, delivery, updateTime: at.now }, InteractionChanged);
}

/** Nobody would write by hand what a machine says to all, or says to have heard. */
const isIdle = ({ automatic, delivery, inReplyToInteractionId, campaignMessageId }: InteractionState) =>
  automatic &&
  (delivery?.purpose === SURVEY || inReplyToInteractionId !== null || campaignMessageId !== null);

const SAID = { FAILED: "could not be sent", BOUNCED: "came back", SENDING: "may never have left" } as const;

/** Whoever wrote it, else who answers the conversation, else the owner of the customer. */
async function alarm(at: At, it: InteractionState, conversation?: ConversationState): Promise<void> {
  const { interactionId, customerId, contactId, caseId, partyAddress, subject } = it;
  const [customer] = await find(at, customers, customerId ? [customerId] : []);
  const { detail, attempts } = it.delivery!;
  const said = SAID[it.deliveryState as keyof typeof SAID];
  await makeTask(at, {
    kind: "ALERT",
    title: `A message to ${customer?.displayName || partyAddress} ${said}: ${subject}`,
    assigneeId: it.userId ?? conversation?.assigneeId ?? customer?.ownerId ?? null,
    ...{ customerId, contactId, caseId, dueTime: at.now },
    origin: {
      rule: "message_lost",
      key: `${interactionId} ${attempts} ${it.deliveryState}`,
      reason: `The message ${said}. ${detail}`.trim(),
    },
  });
}
