import { accessTo } from "@guanxi/attachments/attachment-service";
import { Channel, type Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { SendMessageRequest } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { requireCustomer } from "@guanxi/directory/require-customer";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { attachable } from "../../attachable.ts";
import { requireContactOf } from "../../known-contacts.ts";
import { answerChoice, withAnswered } from "../../messages/answering.ts";
import { chooseChannel } from "../../messages/choose-channel.ts";
import { queueMessage, reachOf } from "../../messages/plan-message.ts";
import { present } from "../present.ts";

export const sendMessage = command<SendMessageRequest, Interaction>(async (request, at) => {
  const { message, answered } = await withAnswered(at, messageOf(request));
  const [reach, answer] = await Promise.all([
    reachOf(at, message),
    answerChoice(at, message, answered),
    requireCustomer(at, message.customerId, "customer_id"),
    requireContactOf(at, message),
    requireFiles(at, message.attachmentIds),
  ]);
  const channel = message.channel ?? null;
  const isSettled = answer && ("address" in answer || !request.allowReroute);
  const choice = isSettled
    ? answer
    : chooseChannel({ channel, purpose: message.purpose, reach }, request.allowReroute);
  if ("why" in choice) throw refuse("precondition", choice.reason, choice.why);
  return present(await queueMessage(at, message, choice, reach.contactHours));
});

/** In base64 they are a third more, and many servers take no mail of more than 25 MB. */
const MOST_BYTES = 15n * 1024n * 1024n;
const { reachable } = accessTo(attachable);

async function requireFiles(at: At, attachmentIds: readonly string[]): Promise<void> {
  const rows = await Promise.all(attachmentIds.map((id) => reachable(at, id, "read_personal")));
  if (rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0n) <= MOST_BYTES) return;
  const description = "must have 15 MiB together at most";
  throw refuse("invalid", "ATTACHMENTS_TOO_LARGE", "The files are too large for a mail.", [
    { field: "attachment_ids", description, reason: "ATTACHMENTS_TOO_LARGE" },
  ]);
}

/** What is not said is left out. */
function messageOf(request: SendMessageRequest) {
  const channel = nameOf(Channel, request.channel);
  const id = (name: "contactId" | "caseId" | "conversationId" | "inReplyToInteractionId") =>
    request[name] ? { [name]: request[name].toLowerCase() } : {};
  return {
    customerId: request.customerId.toLowerCase(),
    subject: request.subject,
    body: request.body,
    purpose: request.purpose || "service",
    attachmentIds: request.attachmentIds.map((id) => id.toLowerCase()),
    ...(channel && { channel }),
    ...(id("contactId") as { contactId?: string }),
    ...(id("caseId") as { caseId?: string }),
    ...(id("conversationId") as { conversationId?: string }),
    ...(id("inReplyToInteractionId") as { inReplyToInteractionId?: string }),
  };
}
