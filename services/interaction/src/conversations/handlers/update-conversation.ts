import { Conversation } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import { ConversationChanged } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import type { UpdateConversationRequest } from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { conversations } from "../conversations.ts";
import { present } from "../present.ts";

export const updateConversation = command<UpdateConversationRequest, Conversation>(async (request, at) => {
  const { conversation: sent, etag, updateMask } = request;
  const before = await lock(at, conversations, sent?.conversationId ?? "");
  requireEtag(before, etag);
  const merged = at.check(
    Conversation,
    merge(Conversation, present(before), sent, updateMask),
    "conversation",
  );
  const assigneeId = merged.assigneeId.toLowerCase() || null;
  if (assigneeId === before.assigneeId) return present(before);
  await requireUser(at, merged.assigneeId, "conversation.assignee_id");
  const after = { ...before, assigneeId, updateTime: at.now };
  return present(record(at, conversations, after, ConversationChanged));
});
