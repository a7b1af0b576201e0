import { Conversation, Conversation_State } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { ConversationState } from "./conversation-state.ts";
import { present } from "./present.ts";

const conversationTable = new EntitySchema<ConversationState>({
  name: "conversation",
  tableName: "conversations",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    conversationId: { name: "conversation_id", type: "uuid", primary: true },
    channel: { type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    partyAddress: { name: "party_address", type: "text" },
    subject: { type: "text" },
    state: { type: "text" },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    assigneeId: { name: "assignee_id", type: "uuid", nullable: true },
    interactionCount: { name: "interaction_count", type: "int" },
    lastPosition: { name: "last_position", type: "int" },
    firstTime: { name: "first_time", type: "timestamptz" },
    lastTime: { name: "last_time", type: "timestamptz" },
    waitingSinceTime: { name: "waiting_since_time", type: "timestamptz", nullable: true },
    replyDueTime: { name: "reply_due_time", type: "timestamptz", nullable: true },
    replyDueOrder: { name: "reply_due_order", type: "timestamptz" },
    overdue: { type: "bool" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const conversations = table({
  entity: conversationTable,
  message: Conversation,
  present,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "enum" | "time" | "bool",
  read: (it: ConversationState) => unknown,
  more: Partial<Field<ConversationState>> = {},
): Field<ConversationState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over conversations may name, as published at ListConversationsRequest.filter. */
export const conversationFields = catalogue<ConversationState>({ id: "conversation_id", side: "" }, [
  column("state", "enum", ({ state }) => state, { values: namesOf(Conversation_State) }),
  column("channel", "enum", ({ channel }) => channel, { values: namesOf(Channel) }),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("contact_id", "id", ({ contactId }) => contactId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("assignee_id", "id", ({ assigneeId }) => assigneeId),
  column("overdue", "bool", ({ overdue }) => overdue),
  column("waiting_since_time", "time", ({ waitingSinceTime }) => waitingSinceTime),
  column("reply_due_time", "time", ({ replyDueTime }) => replyDueTime, { order: "reply_due_order" }),
  column("last_time", "time", ({ lastTime }) => lastTime),
  column("create_time", "time", ({ createTime }) => createTime),
]);

/** Those that a case is talked about in. */
export async function conversationsOfCase(at: At, caseId: string, most: number): Promise<string[]> {
  const rows = await named<{ conversationId: string }>(at, {
    name: "conversations of case",
    text: `select conversation_id as "conversationId" from conversations where case_id = $1
      order by conversation_id limit $2`,
    values: [caseId, most],
  });
  return rows.map(({ conversationId }) => conversationId);
}
