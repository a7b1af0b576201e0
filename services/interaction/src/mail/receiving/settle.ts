// What becomes of a mail: a contact, once; else the reason why not.
import type { At } from "@guanxi/kit/at";
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { get, lock, record } from "@guanxi/kit/store";
import { interactions } from "../../interactions/interactions.ts";
import { forgetBounce } from "../../messages/bounced-addresses.ts";
import { recordInbound } from "../../interactions/record-inbound.ts";
import type { MailboxState } from "../mailbox.ts";
import { isOurs, mailboxes } from "../mailboxes.ts";
import { mails, type MailState, saveMail } from "../mails.ts";
import type { Reading } from "../reading/parse-aside.ts";
import type { ParsedMail } from "../reading/parsed-mail.ts";
import { acknowledge } from "./acknowledge.ts";
import { alertRefused, type Refused } from "./alert-refused.ts";
import { tellBounce } from "./bounces.ts";
import { inboundOf } from "./inbound.ts";

/** The same mail where somebody else has settled it. */
export async function settle(at: At, mailId: string, reading: Reading): Promise<MailState> {
  const before = await lock(at, mails, mailId);
  if (before.state !== "RECEIVED") return before;
  const settled = { ...before, settleTime: at.now, reason: "" };
  const mailbox = await get(at, mailboxes, before.mailboxId);
  if ("refused" in reading) return refused(at, before, mailbox, reading.refused);
  const { mail } = reading;
  const caseQueueId = await queueWished(at, mailbox, mail);
  const { interactionId, stored } = await recordInbound(at, inboundOf(mail, { ...before, caseQueueId }));
  if (stored) {
    if (mail.kind === "MESSAGE" || mail.kind === "AUTO_REPLY") forgetBounce(at, [mail.from.address], at.now);
    await tellBounce(at, mail);
    await acknowledge(at, mailbox, mail, interactionId);
  }
  if (!stored && caseQueueId !== undefined) await wishToo(at, interactionId, caseQueueId);
  const { messageId } = mail;
  const read = { ...settled, interactionId, messageId };
  return stored
    ? saveMail(at, { ...read, state: "STORED", attachmentCount: mail.attachmentCount })
    : saveMail(at, { ...read, state: "DUPLICATE" });
}

/** What took too long may have come at a bad hour: the job reads it once more. */
async function refused(at: At, mail: MailState, mailbox: MailboxState, reason: Refused): Promise<MailState> {
  if (reason === "MAIL_TOO_COSTLY" && mail.reason === "") return saveMail(at, { ...mail, reason });
  await alertRefused(at, mailbox, { mailId: mail.mailId, reason });
  return saveMail(at, { ...mail, state: "REFUSED", reason, settleTime: at.now });
}

/** It came to a mailbox first that asks for no cases. */
async function wishToo(at: At, interactionId: string, queueId: string): Promise<void> {
  const it = await lock(at, interactions, interactionId);
  if (it.caseWish || it.caseId || it.automatic) return;
  record(at, interactions, { ...it, caseWish: { queueId }, updateTime: at.now }, InteractionChanged);
}

/**
 * A letter asks for a case; what machines and we ourselves write does not. Whether its conversation has one that goes on is for the
 * service desk to say: here it may be known too late.
 */
async function queueWished(at: At, mailbox: MailboxState, mail: ParsedMail): Promise<string | undefined> {
  if (!mailbox.opensCases || mail.kind !== "MESSAGE" || (await isOurs(at, mail.from.address)))
    return undefined;
  return mailbox.queueId ?? "";
}
