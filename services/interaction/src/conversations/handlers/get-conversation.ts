import type { Conversation } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import type { GetConversationRequest } from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { conversations } from "../conversations.ts";
import { present } from "../present.ts";

export const getConversation = query<GetConversationRequest, Conversation>(async ({ conversationId }, at) =>
  present(await get(at, conversations, conversationId)),
);
