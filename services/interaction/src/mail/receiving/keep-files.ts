// The files of a mail become attachments of the contact that was made of it: once, however often it is begun.
import { createHash } from "node:crypto";
import type { FileStore } from "@guanxi/attachments/port";
import { keptOf } from "@guanxi/attachments/rows";
import { storeFile } from "@guanxi/attachments/store-file";
import type { At } from "@guanxi/kit/at";
import { Refusal } from "@guanxi/kit/refuse";
import { lock } from "@guanxi/kit/store";
import { hasFilesLeft, mails, type MailState, saveMail } from "../mails.ts";
import type { Reading } from "../reading/parse-aside.ts";
import type { ParsedAttachment } from "../reading/parsed-mail.ts";

type Run = <T>(work: (at: At) => Promise<T>) => Promise<T>;

const KIND = "interaction";
const BY = "interaction/mail";

/** What of a file is a reason to refuse it; anything else may pass, and is tried again. */
const REFUSALS: readonly string[] = ["FILE_TOO_LARGE", "TOO_MANY_ATTACHMENTS"];

/** Says at the mail what became of its files. Each is written outside of any transaction, so that this may take a while. */
export async function keepFiles(
  files: FileStore | undefined,
  run: Run,
  mail: MailState,
  reading: Reading,
): Promise<MailState> {
  if ("refused" in reading || mail.state !== "STORED" || !hasFilesLeft(mail)) return mail;
  const { attachments } = reading.mail;
  if (!files) return say(run, mail.mailId, 0, ["FILES_NOT_SET_UP"]);
  const recordId = mail.interactionId!;
  const known = new Set((await run((at) => keptOf(at, KIND, recordId))).map(nameAndHash));
  const reasons = new Set<string>(attachments.length < mail.attachmentCount ? ["TOO_MANY_ATTACHMENTS"] : []);
  let kept = 0;
  for (const attachment of attachments) {
    const reason = known.has(nameAndHash({ ...attachment, sha256: hashOf(attachment) }))
      ? ""
      : await keepOne(files, run, recordId, attachment);
    if (reason) reasons.add(reason);
    else kept++;
  }
  return say(run, mail.mailId, kept, [...reasons]);
}

const nameAndHash = ({ fileName, sha256 }: { fileName: string; sha256: string }) => `${sha256} ${fileName}`;
const hashOf = ({ content }: ParsedAttachment) => createHash("sha256").update(content).digest("hex");

/** Why not; empty where it is kept. */
async function keepOne(
  files: FileStore,
  run: Run,
  recordId: string,
  { fileName, content }: ParsedAttachment,
): Promise<string> {
  async function* pieces() {
    if (content.length > 0) yield content;
  }
  try {
    await storeFile(files, run, { recordKind: KIND, recordId, fileName, createdBy: BY }, pieces());
    return "";
  } catch (error) {
    if (error instanceof Refusal && REFUSALS.includes(error.reason)) return error.reason;
    throw error;
  }
}

/** The first to come to the end says it. */
const say = (run: Run, mailId: string, kept: number, reasons: readonly string[]): Promise<MailState> =>
  run(async (at) => {
    const mail = await lock(at, mails, mailId);
    if (!hasFilesLeft(mail)) return mail;
    return saveMail(at, {
      ...mail,
      keptAttachmentCount: kept,
      refusedAttachmentCount: mail.attachmentCount - kept,
      attachmentReasons: reasons,
    });
  });
