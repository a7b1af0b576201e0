// Which case a conversation belongs to, as the service desk says.
import { on } from "@guanxi/bus/reaction";
import { ConversationLinked } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseAbsorbed, CaseLinked, CaseOpened } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { At } from "@guanxi/kit/at";
import { lockFound, record } from "@guanxi/kit/store";
import { linkConversation, lockToLink } from "./link.ts";
import { conversations, conversationsOfCase } from "./conversations.ts";

/** From now on the contacts of the conversation carry the case. */
export const followOpened = on(CaseOpened, ({ case: it }, at) => follow(at, it));
/** Whose case it is tells whose conversation it is. */
export const followLinked = on(CaseLinked, ({ case: it }, at) => follow(at, it));

async function follow(at: At, it: Case | undefined): Promise<void> {
  if (!it?.conversationId) return;
  const { caseId, customerId, contactId } = it;
  const before = await lockToLink(at, it.conversationId, customerId);
  if (!before) return;
  if (before.customerId === null && customerId)
    return linkConversation(at, { ...before, caseId }, { customerId, contactId: contactId || null });
  if (before.caseId === caseId) return;
  record(at, conversations, { ...before, caseId, updateTime: at.now }, ConversationLinked);
}

/** More than a case has; one that is talked about in more is a mistake of a program. */
const MOST = 1_000;

/** The conversations of a case that went into another go with it. */
export const followAbsorbed = on(CaseAbsorbed, async ({ case: it }, at) => {
  if (!it?.mergedIntoCaseId) return;
  const locked = await lockFound(at, conversations, await conversationsOfCase(at, it.caseId, MOST));
  const after = locked.map((each) => ({ ...each, caseId: it.mergedIntoCaseId, updateTime: at.now }));
  record(at, conversations, after, ConversationLinked);
});
