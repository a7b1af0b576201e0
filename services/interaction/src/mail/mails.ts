// Every mail that came in, so that what was sent to us and what became of it add up.
import { type Mail, Mail_State } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import type { At } from "@guanxi/kit/at";
import { type NameOf, namesOf, numberOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { copy, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

export interface MailState {
  readonly mailId: string;
  readonly mailboxId: string;
  readonly state: NameOf<typeof Mail_State>;
  readonly reason: string;
  readonly interactionId: string | null;
  readonly messageId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly receiveTime: Date;
  readonly settleTime: Date | null;
  readonly attachmentCount: number;
  readonly keptAttachmentCount: number;
  readonly refusedAttachmentCount: number;
  readonly attachmentReasons: readonly string[];
  readonly version: number;
}

const mailTable = new EntitySchema<MailState>({
  name: "mail",
  tableName: "mails",
  columns: {
    mailId: { name: "mail_id", type: "uuid", primary: true },
    mailboxId: { name: "mailbox_id", type: "uuid" },
    state: { type: "text" },
    reason: { type: "text" },
    interactionId: { name: "interaction_id", type: "uuid", nullable: true },
    messageId: { name: "message_id", type: "text" },
    sha256: { type: "text" },
    sizeBytes: { name: "size_bytes", type: "int" },
    receiveTime: { name: "receive_time", type: "timestamptz" },
    settleTime: { name: "settle_time", type: "timestamptz", nullable: true },
    attachmentCount: { name: "attachment_count", type: "int" },
    keptAttachmentCount: { name: "kept_attachment_count", type: "int" },
    refusedAttachmentCount: { name: "refused_attachment_count", type: "int" },
    attachmentReasons: { name: "attachment_reasons", type: "jsonb" },
    version: { type: "int" },
  },
});

/** No aggregate that others hear of: what is made of a mail is told by the interaction. */
export const mails = table({ entity: mailTable });

export const presentMail = (mail: MailState): Mail => ({
  mailId: mail.mailId,
  mailboxId: mail.mailboxId,
  reason: mail.reason,
  messageId: mail.messageId,
  sha256: mail.sha256,
  sizeBytes: mail.sizeBytes,
  receiveTime: mail.receiveTime,
  state: numberOf(Mail_State, mail.state),
  interactionId: mail.interactionId ?? "",
  settleTime: mail.settleTime ?? undefined,
  attachmentCount: mail.attachmentCount,
  keptAttachmentCount: mail.keptAttachmentCount,
  refusedAttachmentCount: mail.refusedAttachmentCount,
  attachmentReasons: [...mail.attachmentReasons],
});

/** Whether it is yet to be said what became of its files. */
export const hasFilesLeft = ({ attachmentCount, keptAttachmentCount, refusedAttachmentCount }: MailState) =>
  keptAttachmentCount + refusedAttachmentCount < attachmentCount;

export const mailFields = catalogue<MailState>({ id: "mail_id", side: "" }, [
  { name: "mailbox_id", type: "id", stored: { column: "mailbox_id" }, read: ({ mailboxId }) => mailboxId },
  {
    name: "interaction_id",
    type: "id",
    stored: { column: "interaction_id" },
    read: ({ interactionId }) => interactionId,
  },
  {
    name: "state",
    type: "enum",
    stored: { column: "state" },
    values: namesOf(Mail_State),
    read: ({ state }) => state,
  },
  {
    name: "receive_time",
    type: "time",
    stored: { column: "receive_time" },
    read: ({ receiveTime }) => receiveTime,
  },
]);

/** What is written of it has been locked before, or is new. */
export function saveMail(at: At, mail: MailState): MailState {
  const after = { ...mail, version: mail.version + 1 };
  copy(at, mails, [after]);
  return after;
}

export function keepSource(at: At, mailId: string, bytes: Buffer): void {
  at.tell({
    name: "mail source insert",
    text: "insert into mail_sources (mail_id, bytes) values ($1, $2)",
    values: [mailId, bytes],
  });
}

export async function sourceOf(at: At, mailId: string): Promise<Buffer | undefined> {
  const text = "select bytes from mail_sources where mail_id = $1";
  const [row] = await named<{ bytes: Buffer }>(at, { name: "mail source", text, values: [mailId] });
  return row?.bytes;
}

export async function isKept(at: At, mailId: string): Promise<boolean> {
  const text = "select 1 from mail_sources where mail_id = $1";
  return (await named(at, { name: "mail source is there", text, values: [mailId] })).length > 0;
}

const COUNTS = `select state, count(*)::int as count from mails
  where $1::uuid is null or mailbox_id = $1 group by state`;

export const countMails = (at: At, mailboxId: string) =>
  named<{ state: MailState["state"]; count: number }>(at, {
    name: "mails count",
    text: COUNTS,
    values: [mailboxId.toLowerCase() || null],
  });
