import {
  Channel,
  Delivery_State,
  Direction,
  Interaction,
  Interaction_Outcome,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { InteractionState } from "./interaction-state.ts";
import { present } from "./present.ts";

const interactionTable = new EntitySchema<InteractionState>({
  name: "interaction",
  tableName: "interactions",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    interactionId: { name: "interaction_id", type: "uuid", primary: true },
    channel: { type: "text" },
    direction: { type: "text" },
    customerId: { name: "customer_id", type: "uuid", nullable: true },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    conversationId: { name: "conversation_id", type: "uuid", nullable: true },
    position: { type: "int", nullable: true },
    userId: { name: "user_id", type: "uuid", nullable: true },
    automatic: { type: "bool" },
    partyAddress: { name: "party_address", type: "text" },
    partyName: { name: "party_name", type: "text" },
    subject: { type: "text" },
    body: { type: "text" },
    eventTime: { name: "event_time", type: "timestamptz" },
    eventDate: { name: "event_date", type: "date" },
    durationSeconds: { name: "duration_seconds", type: "int" },
    detail: { type: "jsonb", nullable: true },
    outcome: { type: "text", nullable: true },
    outcomeNote: { name: "outcome_note", type: "text" },
    learned: { type: "jsonb", nullable: true },
    learnedKind: { name: "learned_kind", type: "text", nullable: true },
    inReplyToInteractionId: { name: "in_reply_to_interaction_id", type: "uuid", nullable: true },
    replyDueTime: { name: "reply_due_time", type: "timestamptz", nullable: true },
    replyTime: { name: "reply_time", type: "timestamptz", nullable: true },
    replyInteractionId: { name: "reply_interaction_id", type: "uuid", nullable: true },
    responseSeconds: { name: "response_seconds", type: "int", nullable: true },
    replyOverdue: { name: "reply_overdue", type: "bool" },
    delivery: { type: "jsonb", nullable: true },
    deliveryState: { name: "delivery_state", type: "text", nullable: true },
    causeKey: { name: "cause_key", type: "text", nullable: true },
    campaignMessageId: { name: "campaign_message_id", type: "uuid", nullable: true },
    campaignId: { name: "campaign_id", type: "uuid", nullable: true },
    caseId: { name: "case_id", type: "uuid", nullable: true },
    opportunityId: { name: "opportunity_id", type: "uuid", nullable: true },
    orderId: { name: "order_id", type: "uuid", nullable: true },
    topic: { type: "text", nullable: true },
    caseWish: { name: "case_wish", type: "jsonb", nullable: true },
    externalIds: { name: "external_ids", type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** What no two contacts share. */
const keys = side<InteractionState>(
  "interaction_keys",
  { system: "text", external_id: "text" },
  ({ externalIds }) => externalIds.map(({ system, id }) => ({ system, external_id: id })),
);

export const interactions = table({
  entity: interactionTable,
  message: Interaction,
  present,
  customerOf: ({ customerId }) => customerId,
  sides: [keys],
  violations: {
    interaction_keys_pkey: () =>
      refuse("exists", "INTERACTION_EXISTS", "Another contact has this external id already."),
  },
});

const column = (
  name: string,
  type: "id" | "text" | "enum" | "time" | "date" | "bool",
  read: (it: InteractionState) => unknown,
  more: Partial<Field<InteractionState>> = {},
): Field<InteractionState> => ({ name, type, stored: { column: name }, read, ...more });

/** What a condition over contacts may name, as published at ListInteractionsRequest.filter. */
export const interactionFields = catalogue<InteractionState>({ id: "interaction_id", side: "" }, [
  column("customer_id", "id", ({ customerId }) => customerId),
  column("contact_id", "id", ({ contactId }) => contactId),
  column("conversation_id", "id", ({ conversationId }) => conversationId),
  column("user_id", "id", ({ userId }) => userId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("opportunity_id", "id", ({ opportunityId }) => opportunityId),
  column("order_id", "id", ({ orderId }) => orderId),
  column("channel", "enum", ({ channel }) => channel, { values: namesOf(Channel) }),
  column("direction", "enum", ({ direction }) => direction, { values: namesOf(Direction) }),
  column("automatic", "bool", ({ automatic }) => automatic),
  column("outcome", "enum", ({ outcome }) => outcome, { values: namesOf(Interaction_Outcome) }),
  column("topic", "text", ({ topic }) => topic),
  column("learned", "enum", ({ learnedKind }) => learnedKind, {
    values: ["FACTS", "NOTHING_NEW"],
    stored: { column: "learned_kind" },
  }),
  column("delivery_state", "enum", ({ deliveryState }) => deliveryState, { values: namesOf(Delivery_State) }),
  column("reply_due_time", "time", ({ replyDueTime }) => replyDueTime),
  column("reply_time", "time", ({ replyTime }) => replyTime),
  column("reply_overdue", "bool", ({ replyOverdue }) => replyOverdue),
  column("event_time", "time", ({ eventTime }) => eventTime),
  column("event_date", "date", ({ eventDate }) => eventDate),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
  column("party_address", "text", ({ partyAddress }) => partyAddress, { personal: true }),
]);

/** Those of another system that are here already: its id to ours. */
export async function interactionsByExternalId(
  at: At,
  system: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ id: string; interactionId: string }>(at, {
    name: "interactions by external id",
    text: `select external_id as id, interaction_id as "interactionId" from interaction_keys
      where system = $1 and external_id = any($2::text[])`,
    values: [system, ids],
  });
  return new Map(rows.map(({ id, interactionId }) => [id, interactionId]));
}

/** The contact that one of these names belongs to, if there is one. */
export async function knownInteraction(
  at: At,
  externalIds: InteractionState["externalIds"],
): Promise<string | undefined> {
  if (externalIds.length === 0) return undefined;
  const [row] = await named<{ interactionId: string }>(at, {
    name: "interaction by external ids",
    text: `select k.interaction_id as "interactionId" from unnest($1::text[], $2::text[]) as i (system, id)
      join interaction_keys k on k.system = i.system and k.external_id = i.id limit 1`,
    values: [externalIds.map(({ system }) => system), externalIds.map(({ id }) => id)],
  });
  return row?.interactionId;
}

export async function messageOfCause(at: At, causeKey: string): Promise<string | undefined> {
  const [row] = await named<{ interactionId: string }>(at, {
    name: "interaction by cause",
    text: `select interaction_id as "interactionId" from interactions where cause_key = $1`,
    values: [causeKey],
  });
  return row?.interactionId;
}

/** The last mail of a conversation that has a Message-ID: what the next one answers. */
export async function lastMail(at: At, conversationId: string): Promise<InteractionState["detail"]> {
  const [row] = await named<{ detail: InteractionState["detail"] }>(at, {
    name: "interactions last mail",
    text: `select detail from interactions where conversation_id = $1
      and detail -> 'value' ->> 'messageId' <> '' order by position desc limit 1`,
    values: [conversationId],
  });
  return row?.detail ?? null;
}

/** The last mail of a person who wrote to us in a conversation. */
export async function lastLetter(at: At, conversationId: string): Promise<InteractionState | undefined> {
  const [row] = await named<{ interactionId: string }>(at, {
    name: "interactions last letter",
    text: `select interaction_id as "interactionId" from interactions where conversation_id = $1
      and channel = 'EMAIL' and direction = 'INBOUND' and not automatic order by position desc limit 1`,
    values: [conversationId],
  });
  return row && (await find(at, interactions, [row.interactionId]))[0];
}

export interface Waiting {
  readonly interactionId: string;
  readonly eventTime: Date;
  readonly replyDueTime: Date;
}

/** Who waits for an answer in a conversation, the longest waiting first. */
export const waitingIn = (at: At, conversationId: string, most: number): Promise<Waiting[]> =>
  named<Waiting>(at, {
    name: "interactions waiting",
    text: `select interaction_id as "interactionId", event_time as "eventTime", reply_due_time as "replyDueTime"
      from interactions where conversation_id = $1 and reply_due_time is not null and reply_time is null
      order by event_time, interaction_id limit $2`,
    values: [conversationId, most],
  });

/** The contacts of a conversation that a message has answered, the last ones first. */
export async function answeredBy(
  at: At,
  conversationId: string,
  answerId: string,
  most: number,
): Promise<string[]> {
  const rows = await named<{ interactionId: string }>(at, {
    name: "interactions answered by",
    text: `select interaction_id as "interactionId" from interactions
      where conversation_id = $1 and reply_interaction_id = $2 order by position desc limit $3`,
    values: [conversationId, answerId, most],
  });
  return rows.map(({ interactionId }) => interactionId);
}

/** Contacts of a conversation of which nobody knew with whom they were, a few at a time. */
export async function nobodysIn(at: At, conversationId: string, most: number): Promise<string[]> {
  const rows = await named<{ interactionId: string }>(at, {
    name: "interactions of nobody",
    text: `select interaction_id as "interactionId" from interactions
      where conversation_id = $1 and customer_id is null order by position limit $2`,
    values: [conversationId, most],
  });
  return rows.map(({ interactionId }) => interactionId);
}
