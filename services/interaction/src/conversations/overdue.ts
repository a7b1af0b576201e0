// Who has waited for too long (R061), and which conversation is over.
import type { Job } from "@guanxi/bus/app";
import { ConversationClosed, ReplyOverdue } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { find, lockFound, record } from "@guanxi/kit/store";
import { termsFor } from "../response-targets/response-targets.ts";
import { makeTask } from "../tasks/make-task.ts";
import { close, isOverdue, isSilent, silentFrom } from "./conversation.ts";
import type { ConversationState } from "./conversation-state.ts";
import { conversations } from "./conversations.ts";
import { CONVERSATION_SILENCE, REPLY_DUE } from "./due.ts";
import { markLate } from "./waits.ts";

/** Looks when an answer is due: one that came in time, or another due time, is found then. */
export const replyDueJob: Job = {
  name: REPLY_DUE,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const again = await act({ tenantId, timeZone, currencyCode, actor: "interaction/reply" }, (at) =>
      lookForOverdue(at, subjectId),
    );
    if (again) return { again };
  },
};

/** Answers when to look again. */
async function lookForOverdue(at: At, conversationId: string): Promise<Date | undefined> {
  const [it] = await lockFound(at, conversations, [conversationId]);
  if (!it || it.overdue || it.replyDueTime === null) return undefined;
  if (!isOverdue(it, at.now)) return it.replyDueTime;
  await markLate(at, it.conversationId);
  const after = { ...it, overdue: true, updateTime: at.now };
  record(at, conversations, after, ReplyOverdue);
  await alarm(at, it);
  return undefined;
}

/** Whoever answers the conversation, else the owner of the customer, is told; once for each wait. */
async function alarm(at: At, it: ConversationState): Promise<void> {
  const [customer] = await find(at, customers, it.customerId ? [it.customerId] : []);
  const who = customer?.displayName ?? it.partyAddress;
  const since = it.waitingSinceTime ?? at.now;
  await makeTask(at, {
    kind: "ALERT",
    title: `Answer ${who || "a customer"}: waiting on ${it.channel} since ${since.toISOString()}`,
    assigneeId: it.assigneeId ?? customer?.ownerId ?? null,
    customerId: it.customerId,
    contactId: it.contactId,
    dueTime: at.now,
    caseId: it.caseId,
    origin: {
      rule: "reply_overdue",
      key: `${it.conversationId} ${since.toISOString()}`,
      reason: `No answer came by ${it.replyDueTime!.toISOString()}, the target of the channel.`,
    },
  });
}

/** Looks when a conversation has been silent for as long as the target of its channel says. */
export const conversationSilenceJob: Job = {
  name: CONVERSATION_SILENCE,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const again = await act({ tenantId, timeZone, currencyCode, actor: "interaction/silence" }, (at) =>
      lookForSilence(at, subjectId),
    );
    if (again) return { again };
  },
};

/** While somebody waits there is nothing to look for: the answer, or the next word, asks to look again. */
async function lookForSilence(at: At, conversationId: string): Promise<Date | undefined> {
  const [it] = await lockFound(at, conversations, [conversationId]);
  if (it?.state !== "OPEN" || it.waitingSinceTime !== null) return undefined;
  const { silenceDays } = await termsFor(at, it.channel, it.customerId);
  if (!isSilent(it, silenceDays, at.now)) return silentFrom(it, silenceDays);
  record(at, conversations, close(it, at.now), ConversationClosed);
  return undefined;
}
