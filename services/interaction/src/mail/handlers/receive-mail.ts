import type { Mail } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import type { ReceiveMailRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { enqueue } from "@guanxi/bus/enqueue";
import { type FileCall, upload } from "@guanxi/kit/handler";
import type { FileSettings } from "@guanxi/attachments/file-store";
import { presentMail } from "../mails.ts";
import { accept, type Arrived, MOST_BYTES, READ_MAIL } from "../receiving/accept.ts";
import { isReaderFree, readKept } from "../receiving/read-mail.ts";

export const receiveMail = (settings: FileSettings) =>
  upload<ReceiveMailRequest, Mail>(async (messages, { command, tenantId, signal }) => {
    const { mail, ...rest } = await keep(messages, command);
    if (mail.state !== "RECEIVED") return presentMail(mail);
    const { mailId } = mail;
    const read = await readKept({ mailId, ...rest, tenantId, signal, settings, run: command, lenient: true });
    if (read) return presentMail(read);
    // Who has handed it over need not send it again: it is kept, and read when those before it have been.
    await command(async (at) => enqueue(at, READ_MAIL, mailId));
    return presentMail(mail);
  });

/** Where others are being read its bytes are let go: they are kept, and hundreds may wait. */
async function keep(messages: AsyncIterable<ReceiveMailRequest>, command: FileCall["command"]) {
  const { mailboxId, arrived } = await gather(messages);
  const mail = await command((at) => accept(at, mailboxId, arrived));
  return { mail, bytes: isReaderFree() ? arrived.bytes : undefined };
}

/** Of one that is too large only the size is of use. */
async function gather(
  messages: AsyncIterable<ReceiveMailRequest>,
): Promise<{ mailboxId: string; arrived: Arrived }> {
  let to = "";
  let sizeBytes = 0;
  let pieces: Buffer[] = [];
  for await (const { mailboxId, file } of messages) {
    to ||= mailboxId.toLowerCase();
    const data = Buffer.from(file?.data ?? []);
    sizeBytes += data.length;
    if (sizeBytes > MOST_BYTES) pieces = [];
    else pieces.push(data);
  }
  return { mailboxId: to, arrived: { bytes: Buffer.concat(pieces), sizeBytes } };
}
