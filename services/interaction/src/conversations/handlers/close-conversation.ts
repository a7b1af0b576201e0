import type { Conversation } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import { ConversationClosed } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import type { CloseConversationRequest } from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { close } from "../conversation.ts";
import { conversations } from "../conversations.ts";
import { present } from "../present.ts";
import { endWaits } from "../waits.ts";

export const closeConversation = command<CloseConversationRequest, Conversation>(async (request, at) => {
  const before = await lock(at, conversations, request.conversationId);
  matchEtag(before, request.etag);
  const after = close(before, at.now);
  if (after === before) return present(before);
  await endWaits(at, before.conversationId);
  return present(record(at, conversations, after, ConversationClosed));
});
