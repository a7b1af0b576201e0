// One mail, read. Whatever it is costs bounded memory and time only in the thread of parse-aside.ts.
import { createHash } from "node:crypto";
import {
  type AddressObject,
  type ParsedMail as Read,
  simpleParser,
  type SimpleParserOptions,
} from "mailparser";
import { boundHeads } from "./bounded-heads.ts";
import { isQuiet, kindOf } from "./kind.ts";
import { fileNameOf } from "./file-name.ts";
import type { FailedRecipient, ParsedAddress, ParsedAttachment, ParsedMail } from "./parsed-mail.ts";
import { replyOf } from "./reply-text.ts";
import { failedRecipients, messageIdsIn } from "./reports.ts";
import { roughText } from "./rough-text.ts";
import { safeHtml } from "./safe-html.ts";

/** What an interaction carries in its events, which have to fit into a message of the bus twice. */
const MOST = {
  body: 60_000,
  quoted: 30_000,
  signature: 4_000,
  html: 60_000,
  subject: 1_000,
  report: 400_000,
};
/** Of all its parts: nested lists of 200 kB take more than a second, and of 800 kB sixteen. */
const MOST_HTML_READ = 200_000;
const MOST_ROUGH_HTML = 5_000_000;
const MOST_REFERENCES = 100;
const MOST_ADDRESSES = 500;
const MOST_ATTACHMENTS = 200;

const OPTIONS: SimpleParserOptions & { keepDeliveryStatus: boolean; maxHtmlLengthToParse: number } = {
  skipImageLinks: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  keepCidLinks: true,
  keepDeliveryStatus: true,
  maxHtmlLengthToParse: MOST_HTML_READ,
};

export async function parseMail(bytes: Buffer): Promise<ParsedMail> {
  const read = await readMail(bytes);
  const headers = headersOf(read);
  const from = addressesOf(read.from)[0] ?? { address: "", name: "" };
  const failed = failuresOf(read);
  const subject = line(read.subject, MOST.subject);
  const kind = kindOf({ headers, from: from.address, subject, failures: failed.length });
  const html = read.html || "";
  const text = textOf(read, html);
  return {
    messageId: bare(read.messageId),
    inReplyTo: bare(read.inReplyTo),
    references: referencesOf(read),
    from,
    replyTo: addressesOf(read.replyTo)[0]?.address ?? "",
    to: addressesOf(read.to).map(({ address }) => address),
    cc: addressesOf(read.cc).map(({ address }) => address),
    subject,
    date: dateOf(headers, read),
    ...textsOf(text, html, kind === "MESSAGE" && !FORWARD.test(subject)),
    kind,
    quiet: kind !== "MESSAGE" || isQuiet(headers, from.address),
    failed,
    reported: kind === "BOUNCE" || kind === "COMPLAINT" ? reportedIn(bytes, read) : [],
    contentHash: contentHashOf(read, headers),
    attachmentCount: read.attachments.length,
    attachments: attachmentsOf(read),
  };
}

/** The parser makes no text of a page that stands in another part, such as with its images. */
const textOf = ({ text }: Read, html: string) =>
  text?.trim() ? text : roughText(html.slice(0, MOST_ROUGH_HTML));

boundHeads();

/** Where HTML cannot be made text, or is too much of it, the mail is read without. */
async function readMail(bytes: Buffer): Promise<Read> {
  const whole = () => simpleParser(bytes, OPTIONS);
  const without = () => simpleParser(bytes, { ...OPTIONS, skipHtmlToText: true });
  if (bytes.length <= MOST_HTML_READ) return whole().catch(without);
  const read = await without();
  return !read.html || read.html.length > MOST_HTML_READ ? read : whole().catch(() => read);
}

/** What somebody passes on to us is what they have to say. */
const FORWARD = /^\s*(fwd?|wg|tr|rv|转发|轉寄|轉發)\s*(\[\d+\])?\s*[:：]/i;

function textsOf(text: string, html: string, written: boolean) {
  const cut = clean(text, MOST.body + MOST.quoted);
  const { visible, quoted, signature } = written ? replyOf(cut) : { visible: cut, quoted: "", signature: "" };
  const safe = html.length > MOST_HTML_READ ? "" : safeHtml(html);
  const isShown = html.length <= MOST_HTML_READ && Buffer.byteLength(safe) <= MOST.html;
  return {
    // A mail that only quotes is its quotes.
    body: clean(visible || cut, MOST.body),
    quotedText: visible ? clean(quoted, MOST.quoted) : "",
    signature: clean(signature, MOST.signature),
    // Cut in the middle it would be another page; what was sent is there for download.
    safeHtml: isShown ? clean(safe, MOST.html) : "",
    htmlLeftOut: !isShown,
  };
}

/** Without what neither Postgres nor a screen takes, and no longer in UTF-8 than so many bytes. */
function clean(text: string, most: number): string {
  const plain = text.slice(0, most).replaceAll("\0", "").toWellFormed();
  const bytes = Buffer.from(plain);
  if (bytes.length <= most) return plain;
  return bytes
    .subarray(0, most)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
}

const line = (text: string | undefined, most: number) =>
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  clean((text ?? "").replaceAll(/[\u0000-\u001f\u007f]+/g, " ").trim(), most);

const bare = (id: string | undefined) => line(id, 998).replaceAll(/[<>\s]/g, "");

function referencesOf({ references }: Read): string[] {
  const all = typeof references === "string" ? references.split(/\s+/) : (references ?? []);
  return all.slice(-MOST_REFERENCES).map(bare).filter(Boolean);
}

function addressesOf(sent: AddressObject | AddressObject[] | undefined): ParsedAddress[] {
  const objects = sent === undefined ? [] : Array.isArray(sent) ? sent : [sent];
  return objects
    .flatMap(({ value }) => value.flatMap((one) => one.group ?? [one]))
    .slice(0, MOST_ADDRESSES)
    .map(({ address, name }) => ({ address: line(address, 320).toLowerCase(), name: line(name, 200) }))
    .filter(({ address }) => address !== "");
}

/** The parser takes now for what it cannot read, and a mail is no older than mail. */
function dateOf(headers: ReadonlyMap<string, string>, { date }: Read): number | undefined {
  const time = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(time) || !date) return undefined;
  return time > Date.UTC(1970, 0, 2) ? time : undefined;
}

/** The first of each name, as they were sent, unfolded. */
function headersOf({ headerLines }: Read): Map<string, string> {
  const headers = new Map<string, string>();
  for (const { key, line: whole } of headerLines)
    if (!headers.has(key)) {
      const value = whole.slice(whole.indexOf(":") + 1);
      headers.set(key, value.replaceAll(/\r?\n[ \t]+/g, " ").trim());
    }
  return headers;
}

const attachmentsOf = ({ attachments }: Read): ParsedAttachment[] =>
  attachments.slice(0, MOST_ATTACHMENTS).map(({ filename, contentType, content }, at) => ({
    fileName: fileNameOf(filename, at + 1, contentType),
    content,
  }));

const failuresOf = ({ attachments }: Read): FailedRecipient[] =>
  attachments
    .filter(({ contentType }) => contentType === "message/delivery-status")
    .flatMap(({ content }) => failedRecipients(content.subarray(0, MOST.report).toString("utf8")));

/** In the mail as it came, and in its parts, which may have been encoded. */
function reportedIn(bytes: Buffer, { attachments, messageId }: Read): string[] {
  const parts = attachments.map(({ content }) => content);
  const texts = [bytes, ...parts].map((part) => part.subarray(0, MOST.report).toString("latin1"));
  return [...new Set(texts.flatMap(messageIdsIn))].filter((id) => id !== bare(messageId));
}

/** What stands in the mail itself; what servers on its way have added is not asked. */
function contentHashOf({ text, html, attachments }: Read, headers: ReadonlyMap<string, string>): string {
  const said = ["from", "to", "cc", "date", "subject"].map((name) => headers.get(name) ?? "");
  const parts = attachments.map(({ checksum, filename = "" }) => `${checksum} ${filename}`);
  const all = [...said, text ?? "", html || "", ...parts].map((part) => part.trim());
  return createHash("sha256").update(all.join("\0")).digest("hex");
}
