import {
  CampaignMessage,
  CampaignMessage_State,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_message";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { MessageState } from "./message-state.ts";
import { presentMessage } from "./present.ts";

const messageTable = new EntitySchema<MessageState>({
  name: "campaign_message",
  tableName: "campaign_messages",
  columns: {
    messageId: { name: "message_id", type: "uuid", primary: true },
    campaignId: { name: "campaign_id", type: "uuid" },
    memberId: { name: "member_id", type: "uuid" },
    step: { type: "int" },
    customerId: { name: "customer_id", type: "uuid" },
    templateId: { name: "template_id", type: "uuid" },
    channel: { type: "text" },
    address: { type: "text" },
    subject: { type: "text" },
    text: { type: "text" },
    html: { type: "text" },
    unsubscribeUrl: { name: "unsubscribe_url", type: "text" },
    purpose: { type: "text" },
    notBeforeTime: { name: "not_before_time", type: "timestamptz", nullable: true },
    state: { type: "text" },
    reason: { type: "text" },
    interactionId: { name: "interaction_id", type: "uuid", nullable: true },
    requestTime: { name: "request_time", type: "timestamptz" },
    sentTime: { name: "sent_time", type: "timestamptz", nullable: true },
    version: { type: "int" },
  },
});

export const campaignMessages = table({
  entity: messageTable,
  message: CampaignMessage,
  present: presentMessage,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "text" | "enum" | "time" | "int",
  read: (it: MessageState) => unknown,
  values?: readonly string[],
): Field<MessageState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over messages may name, as published at ListCampaignMessagesRequest.filter. */
export const messageFields = catalogue<MessageState>({ id: "message_id", side: "" }, [
  column("state", "enum", ({ state }) => state, namesOf(CampaignMessage_State)),
  column("reason", "text", ({ reason }) => reason),
  column("step", "int", ({ step }) => step),
  column("member_id", "id", ({ memberId }) => memberId),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("request_time", "time", ({ requestTime }) => requestTime),
]);
