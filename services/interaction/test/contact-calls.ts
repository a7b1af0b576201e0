// What the tests ask of contacts, conversations and targets, in a few words each.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { ContactAdded } from "@guanxi/contract/guanxi/customer/v1/contact_events";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import {
  CloseConversationRequest,
  ConversationServiceService as conversationRpc,
  GetConversationRequest,
  ListConversationsRequest,
  UpdateConversationRequest,
} from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import {
  ConcludeInteractionRequest,
  GetContactSummaryRequest,
  GetInteractionRequest,
  InteractionServiceService as interactionRpc,
  LinkInteractionRequest,
  ListInteractionsRequest,
  RecordInteractionRequest,
  ResendMessageRequest,
  SendMessageRequest,
  UpdateInteractionRequest,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import {
  CreateResponseTargetRequest,
  DeleteResponseTargetRequest,
  ListResponseTargetsRequest,
  ResponseTargetServiceService as targetRpc,
  UpdateResponseTargetRequest,
} from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import type { startService, TestUser } from "@guanxi/testkit/service";
import type { startTeller } from "@guanxi/testkit/teller";

type Service = Awaited<ReturnType<typeof startService>>;
type Teller = Awaited<ReturnType<typeof startTeller>>;

export const recordContact = (user: TestUser, interaction: object, more: object = {}) =>
  user.call(interactionRpc.recordInteraction, RecordInteractionRequest.fromPartial({ interaction, ...more }));
export const getContact = (user: TestUser, interactionId: string) =>
  user.call(interactionRpc.getInteraction, GetInteractionRequest.fromPartial({ interactionId }));
export const listContacts = (user: TestUser, request: Partial<ListInteractionsRequest> = {}) =>
  user.call(interactionRpc.listInteractions, ListInteractionsRequest.fromPartial(request));
export const updateContact = (user: TestUser, interaction: object, etag: string) =>
  user.call(interactionRpc.updateInteraction, UpdateInteractionRequest.fromPartial({ interaction, etag }));
export const linkContact = (user: TestUser, request: Partial<LinkInteractionRequest>) =>
  user.call(interactionRpc.linkInteraction, LinkInteractionRequest.fromPartial(request));
export const conclude = (user: TestUser, interactionId: string, conclusion: object) =>
  user.call(
    interactionRpc.concludeInteraction,
    ConcludeInteractionRequest.fromPartial({ interactionId, conclusion }),
  );
export const summary = (user: TestUser, customerId: string, size = 0) =>
  user.call(interactionRpc.getContactSummary, GetContactSummaryRequest.fromPartial({ customerId, size }));
export const send = (user: TestUser, request: Partial<SendMessageRequest>) =>
  user.call(
    interactionRpc.sendMessage,
    SendMessageRequest.fromPartial({
      subject: "Hello",
      body: "We are there.",
      requestId: randomUUID(),
      ...request,
    }),
  );
export const resend = (user: TestUser, interactionId: string) =>
  user.call(
    interactionRpc.resendMessage,
    ResendMessageRequest.fromPartial({ interactionId, requestId: randomUUID() }),
  );

export const getConversation = (user: TestUser, conversationId: string) =>
  user.call(conversationRpc.getConversation, GetConversationRequest.fromPartial({ conversationId }));
export const listConversations = (user: TestUser, request: Partial<ListConversationsRequest> = {}) =>
  user.call(conversationRpc.listConversations, ListConversationsRequest.fromPartial(request));
export const closeConversation = (user: TestUser, conversationId: string) =>
  user.call(conversationRpc.closeConversation, CloseConversationRequest.fromPartial({ conversationId }));
export const updateConversation = (user: TestUser, conversation: object, etag: string) =>
  user.call(
    conversationRpc.updateConversation,
    UpdateConversationRequest.fromPartial({ conversation, etag }),
  );

export const createTarget = (user: TestUser, responseTarget: object) =>
  user.call(
    targetRpc.createResponseTarget,
    CreateResponseTargetRequest.fromPartial({ responseTarget: { silenceDays: 7, ...responseTarget } }),
  );
export const updateTarget = (user: TestUser, responseTarget: object, etag: string) =>
  user.call(
    targetRpc.updateResponseTarget,
    UpdateResponseTargetRequest.fromPartial({ responseTarget, etag }),
  );
export const deleteTarget = (user: TestUser, responseTargetId: string, etag: string) =>
  user.call(
    targetRpc.deleteResponseTarget,
    DeleteResponseTargetRequest.fromPartial({ responseTargetId, etag }),
  );
export const listTargets = (user: TestUser) =>
  user.call(targetRpc.listResponseTargets, ListResponseTargetsRequest.fromPartial({}));

/** A customer as the customer service tells of it. */
export async function aCustomer(teller: Teller, tenantId: string, state: object = {}): Promise<string> {
  const customerId = randomUUID();
  const told = { id: customerId, customerId, state: { customerId, displayName: "晨光文具", ...state } };
  await teller.tell(tenantId, Customer, CustomerRegistered, told);
  await teller.settled();
  return customerId;
}

export async function aPerson(teller: Teller, tenantId: string, state: object = {}): Promise<string> {
  const contactId = randomUUID();
  const told = { id: contactId, state: { contactId, displayName: "王芳", ...state } };
  await teller.tell(tenantId, Contact, ContactAdded, told);
  await teller.settled();
  return contactId;
}

const DEADLINE_MS = 20_000;

/** What a job does is seen some moments later. */
export async function until<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (const end = performance.now() + DEADLINE_MS; ; ) {
    const answer = await ask();
    if (holds(answer) || performance.now() > end) return answer;
    await pause(20);
  }
}

/** The types of events of a tenant, in the order in which they were said. */
export const typesOf = async (service: Service, tenantId: string) =>
  (await service.events(tenantId)).map(({ type }) => type);

export const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
