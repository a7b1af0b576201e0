// What a mail is as a contact.
import { createHash } from "node:crypto";
import { Channel, Direction, EmailDetail_Kind } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { numberOf } from "@guanxi/kit/enum-names";
import { mailKey } from "../../interactions/keys.ts";
import type { Inbound } from "../../interactions/record-inbound.ts";
import type { ParsedMail } from "../reading/parsed-mail.ts";

const MOST_SUBJECT_KEY = 200;

/** The clock of who writes starts no wait of ours: it is believed for as long as a mail is usually under way. */
const UNDER_WAY_MS = 3_600_000;

export interface Place {
  readonly mailboxId: string;
  readonly receiveTime: Date;
  /** Of the mail as it came. */
  readonly sha256: string;
  /** The queue of the case that is wished for; none where it is undefined. */
  readonly caseQueueId: string | undefined;
}

export const inboundOf = (
  mail: ParsedMail,
  { mailboxId, receiveTime, sha256, caseQueueId }: Place,
): Inbound => ({
  channel: Channel.EMAIL,
  direction: Direction.INBOUND,
  automatic: mail.kind !== "MESSAGE",
  partyAddress: mail.from.address,
  partyName: mail.from.name,
  subject: mail.subject,
  body: mail.body,
  eventTime: eventTimeOf(mail, receiveTime),
  detail: {
    $case: "email",
    value: {
      messageId: mail.messageId,
      inReplyTo: mail.inReplyTo,
      references: [...mail.references],
      from: mail.from.address,
      replyTo: mail.replyTo,
      to: [...mail.to],
      cc: [...mail.cc],
      quotedText: mail.quotedText,
      signature: mail.signature,
      safeHtml: mail.safeHtml,
      htmlLeftOut: mail.htmlLeftOut,
      kind: numberOf(EmailDetail_Kind, mail.kind),
      mailboxId,
    },
  },
  ...(caseQueueId === undefined ? {} : { caseWish: { queueId: caseQueueId } }),
  externalIds: [{ system: "email", id: mailIdentity(mail, sha256) }],
  threadKeys: threadKeysOf(mail),
  leadingKeys: subjectKeysOf(mail),
});

function eventTimeOf({ date }: ParsedMail, receiveTime: Date): Date {
  const received = receiveTime.getTime();
  return date === undefined || date > received || date < received - UNDER_WAY_MS
    ? receiveTime
    : new Date(date);
}

/**
 * A Message-ID alone proves nothing: whoever knows one could keep the true mail out by it. A mail without one is itself only
 * where each byte is the same.
 */
const mailIdentity = ({ messageId, contentHash }: ParsedMail, sha256: string) =>
  messageId === "" ? sha256 : createHash("sha256").update(`${messageId}\0${contentHash}`).digest("hex");

/** By the ids of the thread; then, for answers of programs that name none, by the subject between the same two. */
function threadKeysOf(mail: ParsedMail): string[] {
  const { messageId, inReplyTo, references, reported, subject } = mail;
  const ids = [messageId, inReplyTo, ...references.toReversed(), ...reported].filter((id) => id !== "");
  // Two letters of one subject are two matters: every letter of a form on a website has the same.
  const bySubject = ANSWER.test(subject) ? subjectKeysOf(mail) : [];
  return [...new Set([...ids.map(mailKey), ...bySubject])];
}

function subjectKeysOf({ kind, subject, from }: ParsedMail): string[] {
  const about = subjectKey(subject);
  return about && kind === "MESSAGE" ? [`subject:${from.address}:${about}`] : [];
}

const ANSWER = /^\s*((re|aw|fwd?|wg|sv|antw|antwort|回复|答复|回覆|转发|轉寄)\s*(\[\d+\])?\s*[:：]\s*)+/i;

/** Without Re: and the like. */
export const plainSubject = (subject: string) => subject.replace(ANSWER, "").trim();

const subjectKey = (subject: string) =>
  plainSubject(subject).normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").slice(0, MOST_SUBJECT_KEY);
