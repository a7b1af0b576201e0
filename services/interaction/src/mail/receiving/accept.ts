// A mail is kept before it is read, so that whoever has handed it over may forget it.
import { createHash } from "node:crypto";
import { enqueue } from "@guanxi/bus/enqueue";
import type { At } from "@guanxi/kit/at";
import { get } from "@guanxi/kit/store";
import { mailboxes } from "../mailboxes.ts";
import { alertRefused, type Refused } from "./alert-refused.ts";
import { keepSource, type MailState, saveMail } from "../mails.ts";

export const MOST_BYTES = 25 * 1024 * 1024;

/** Reads what has been kept, where nobody has done it at once; its subject is the mail. */
export const READ_MAIL = "read_mail";
const LATER_MS = 60_000;

const NO_FILES = {
  attachmentCount: 0,
  keptAttachmentCount: 0,
  refusedAttachmentCount: 0,
  attachmentReasons: [],
};

export interface Arrived {
  /** Empty where it was too large. */
  readonly bytes: Buffer;
  readonly sizeBytes: number;
}

export async function accept(at: At, mailboxId: string, { bytes, sizeBytes }: Arrived): Promise<MailState> {
  const mailbox = await get(at, mailboxes, mailboxId);
  const reason = refusalOf(sizeBytes, mailbox.active);
  const mail = saveMail(at, {
    mailId: at.newId(),
    mailboxId,
    state: reason ? "REFUSED" : "RECEIVED",
    reason,
    interactionId: null,
    messageId: "",
    sha256: bytes.length > 0 ? createHash("sha256").update(bytes).digest("hex") : "",
    sizeBytes,
    receiveTime: at.now,
    settleTime: reason ? at.now : null,
    ...NO_FILES,
    version: 0,
  });
  if (bytes.length > 0) keepSource(at, mail.mailId, bytes);
  if (reason && reason !== "MAIL_EMPTY") await alertRefused(at, mailbox, { mailId: mail.mailId, reason });
  if (!reason) enqueue(at, READ_MAIL, mail.mailId, new Date(at.now.getTime() + LATER_MS));
  return mail;
}

function refusalOf(sizeBytes: number, active: boolean): Refused | "MAIL_EMPTY" | "" {
  if (sizeBytes > MOST_BYTES) return "MAIL_TOO_LARGE";
  if (sizeBytes === 0) return "MAIL_EMPTY";
  return active ? "" : "MAILBOX_INACTIVE";
}
