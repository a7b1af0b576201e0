// "We have got your letter": said by a machine, so never to a machine, and to nobody twice on a day.
import type { At } from "@guanxi/kit/at";
import { get } from "@guanxi/kit/store";
import { holdThreads } from "../../conversations/threads.ts";
import { interactions, messageOfCause } from "../../interactions/interactions.ts";
import { queueMessage } from "../../messages/plan-message.ts";
import type { MailboxState } from "../mailbox.ts";
import { isOurs } from "../mailboxes.ts";
import type { ParsedMail } from "../reading/parsed-mail.ts";
import { plainSubject } from "./inbound.ts";

export async function acknowledge(
  at: At,
  { mailboxId, acknowledgement }: MailboxState,
  mail: ParsedMail,
  interactionId: string,
): Promise<void> {
  const { address } = mail.from;
  if (acknowledgement === "" || mail.quiet || (await isOurs(at, address))) return;
  const causeKey = `acknowledge ${mailboxId} ${address} ${at.today}`;
  await holdThreads(at, [`cause ${causeKey}`]);
  if (await messageOfCause(at, causeKey)) return;
  const { customerId, contactId, conversationId } = await get(at, interactions, interactionId);
  const message = {
    customerId: customerId ?? "",
    contactId: contactId ?? "",
    subject: `Re: ${plainSubject(mail.subject)}`.trim().slice(0, 1000),
    body: acknowledgement,
    purpose: "service",
    inReplyToInteractionId: interactionId,
    causeKey,
    automatic: true,
    ...(conversationId ? { conversationId } : {}),
  };
  // They have just written from there, and wait at this hour.
  await queueMessage(at, message, { channel: "EMAIL", address, rerouteReason: "" }, []);
}
