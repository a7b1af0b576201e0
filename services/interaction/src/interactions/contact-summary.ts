// What one should know of a customer before the next contact: each question is a walk along one index, and all go out at once.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { ConversationState } from "../conversations/conversation-state.ts";
import { conversations } from "../conversations/conversations.ts";
import type { InteractionState } from "./interaction-state.ts";
import { interactions } from "./interactions.ts";

export const LAST_CONTACTS = `${interactions.select} where customer_id = $1::uuid
  order by event_time desc, interaction_id desc limit $2`;
export const OPEN_CONVERSATIONS = `${conversations.select} where customer_id = $1::uuid and state = 'OPEN'
  order by waiting_since_time nulls last, last_time desc limit 50`;
export const LAST_TEACHING = `select interaction_id as "interactionId", event_time as "eventTime", learned
  from interactions where customer_id = $1::uuid and learned_kind = 'FACTS' order by event_time desc limit 10`;

export const lastContacts = (at: At, customerId: string, size: number): Promise<InteractionState[]> =>
  named<InteractionState>(at, {
    name: "interactions last of customer",
    text: LAST_CONTACTS,
    values: [customerId, size],
  });

/** The longest waiting first. */
export const openConversations = (at: At, customerId: string): Promise<ConversationState[]> =>
  named<ConversationState>(at, {
    name: "conversations open of customer",
    text: OPEN_CONVERSATIONS,
    values: [customerId],
  });

export const lastTeaching = (
  at: At,
  customerId: string,
): Promise<Pick<InteractionState, "interactionId" | "eventTime" | "learned">[]> =>
  named(at, { name: "interactions that taught", text: LAST_TEACHING, values: [customerId] });
