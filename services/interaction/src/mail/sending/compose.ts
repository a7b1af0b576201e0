// A message as it travels: headers that nobody can break out of, and a text.
import MailComposer from "nodemailer/lib/mail-composer";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import { domainOf, type MailboxState } from "../mailbox.ts";
import { messageIdOf } from "../message-id.ts";
import type { LetterFile } from "./files.ts";
import { LetterFault } from "./letter-fault.ts";

/** What a mail of ours says above its text. */
export interface Letter {
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly inReplyTo: string;
  readonly references: readonly string[];
  readonly automatic: boolean;
  readonly date: Date;
  readonly text: string;
  /** Of a message of a campaign: the same as HTML, and where one unsubscribes by one click. */
  readonly html?: string;
  readonly unsubscribeUrl?: string;
}

export function letterOf(it: InteractionState, mailbox: MailboxState, tenantId: string, now: Date): Letter {
  const sent = it.detail?.$case === "email" ? it.detail.value : undefined;
  const letter: Letter = {
    messageId: messageIdOf(it.interactionId, tenantId, domainOf(mailbox.address)),
    from: { name: mailbox.displayName, address: mailbox.address },
    to: it.partyAddress,
    subject: it.subject,
    inReplyTo: sent?.inReplyTo ?? "",
    references: sent?.references ?? [],
    automatic: it.automatic,
    date: now,
    text: mailbox.signature ? `${it.body}\n\n-- \n${mailbox.signature}` : it.body,
  };
  requireHeaders(letter);
  return letter;
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const ADDRESS = /^[^\s<>"(),:;@\\]+@[^\s<>"(),:;@\\]+$/;
const ID = /^[^\s<>]*$/;

/** nodemailer folds line breaks away; versions of it have not, so that it is not asked. */
function requireHeaders({ from, to, subject, messageId, inReplyTo, references }: Letter): void {
  const lines = { subject, "the mailbox's name": from.name };
  for (const [field, value] of Object.entries(lines))
    if (CONTROL.test(value))
      throw new LetterFault(`Take the line breaks and control characters out of ${field}.`);
  for (const address of [from.address, to])
    if (!ADDRESS.test(address) || CONTROL.test(address))
      throw new LetterFault(`${JSON.stringify(address)} is no address that a mail can be sent from or to.`);
  for (const id of [messageId, inReplyTo, ...references])
    if (!ID.test(id) || CONTROL.test(id))
      throw new LetterFault("The Message-ID of the mail that is answered is broken.");
}

export function composed(
  { messageId, inReplyTo, references, automatic, html, unsubscribeUrl, ...letter }: Letter,
  files: readonly LetterFile[] = [],
): Promise<Buffer> {
  const composer = new MailComposer({
    ...letter,
    from: letter.from,
    ...(html && { html }),
    attachments: files.map(({ filename, contentType, content }) => ({ filename, contentType, content })),
    messageId: `<${messageId}>`,
    ...(inReplyTo ? { inReplyTo: `<${inReplyTo}>` } : {}),
    ...(references.length > 0 ? { references: references.map((id) => `<${id}>`) } : {}),
    headers: { ...(automatic && automaticHeaders(inReplyTo)), ...unsubscribeHeaders(unsubscribeUrl) },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

const automaticHeaders = (inReplyTo: string) => ({
  // What is only generated may well be a letter to whoever gets it; an answer is none (RFC 3834).
  "Auto-Submitted": inReplyTo ? "auto-replied" : "auto-generated",
  "X-Auto-Response-Suppress": "All",
});

const WEB_ADDRESS = /^https?:\/\/[\x21-\x3b\x3d\x3f-\x7e]+$/;

/** The mail program shows a button, whose click is a POST to the address (RFC 8058). */
function unsubscribeHeaders(url = "") {
  if (url === "") return {};
  if (!WEB_ADDRESS.test(url))
    throw new LetterFault("The address to unsubscribe at is none that a mail can name.");
  return {
    // As it stands: encoded or folded, programs do not read it.
    "List-Unsubscribe": { prepared: true, value: `<${url}>` },
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}
