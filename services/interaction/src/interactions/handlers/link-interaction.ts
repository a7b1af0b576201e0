import type { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionLinked } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { LinkInteractionRequest } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { get, lock, record } from "@guanxi/kit/store";
import { linkConversation, lockToLink } from "../../conversations/link.ts";
import { requireContactOf } from "../../known-contacts.ts";
import { interactions } from "../interactions.ts";
import { present } from "../present.ts";

export const linkInteraction = command<LinkInteractionRequest, Interaction>(async (request, at) => {
  const customerId = request.customerId.toLowerCase();
  const contactId = request.contactId.toLowerCase() || null;
  const [{ conversationId }] = await Promise.all([
    get(at, interactions, request.interactionId),
    requireCustomer(at, customerId, "customer_id"),
    requireContactOf(at, { customerId, contactId: request.contactId }),
  ]);
  // The conversation first, as all do who lock both.
  const conversation = conversationId ? await lockToLink(at, conversationId, customerId) : undefined;
  const before = await lock(at, interactions, request.interactionId);
  matchEtag(before, request.etag);
  if (before.customerId === customerId && (contactId ?? before.contactId) === before.contactId)
    return present(before);
  const after = { ...before, customerId, contactId, updateTime: at.now };
  const linked = record(at, interactions, after, InteractionLinked);
  // A contact of somebody else in it, a copy of a mail to them, does not say whose the conversation is.
  if (
    conversation &&
    (!conversation.customerId || [null, conversation.customerId].includes(before.customerId))
  )
    await linkConversation(at, conversation, { customerId, contactId });
  return present(linked);
});
