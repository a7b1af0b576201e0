import type {
  ListConversationsRequest,
  ListConversationsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { conversationFields, conversations } from "../conversations.ts";
import { present } from "../present.ts";

export const listConversations = query<ListConversationsRequest, ListConversationsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, conversations, {
      request,
      catalogue: conversationFields,
      orders: ["last_time", "reply_due_time", "create_time"],
    });
    return { conversations: items.map(present), nextPageToken };
  },
);
