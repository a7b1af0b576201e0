import { type FileSettings, fileStoreOf } from "@guanxi/attachments/file-store";
import type { Job } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { hasFilesLeft, mails, type MailState, sourceOf } from "../mails.ts";
import { mailReader } from "../reading/parse-aside.ts";
import { turns } from "../reading/turns.ts";
import { READ_MAIL } from "./accept.ts";
import { keepFiles } from "./keep-files.ts";
import { settle } from "./settle.ts";

/** Of a company, in this process; a mail that finds so many before it is read later. */
const MOST_WAITING = 100;
const LATER_MS = 2_000;
/** One that was too costly has its second chance when the hour is another. */
const SECOND_TRY_MS = 10 * 60_000;

/** One for the process: its thread begins with the first mail, and holds nobody up who wants to end. */
const reader = mailReader();
const { isFree, take } = turns(MOST_WAITING);
const underWay = new Set<string>();

export const isReaderFree = isFree;

export interface Kept {
  readonly tenantId: string;
  readonly mailId: string;
  readonly signal: AbortSignal;
  readonly settings: FileSettings;
  /** Where they are at hand; whoever has to wait lets go of them. */
  readonly bytes?: Buffer | undefined;
  readonly run: <T>(work: (at: At) => Promise<T>) => Promise<T>;
  /** Whether the files may be left to the job. */
  readonly lenient: boolean;
}

/** Reads what has been kept. Undefined where that is left to the job, or done by somebody else right now. */
export async function readKept(kept: Kept): Promise<MailState | undefined> {
  const { tenantId, mailId, run, settings, lenient } = kept;
  if (underWay.has(mailId)) return undefined;
  underWay.add(mailId);
  try {
    const reading = await take(tenantId, async () => {
      const bytes = kept.bytes ?? (kept.signal.aborted ? undefined : await run((at) => sourceOf(at, mailId)));
      return bytes && reader.read(bytes);
    });
    if (!reading) return undefined;
    const settled = await run((at) => settle(at, mailId, reading));
    const filed = keepFiles(fileStoreOf(settings), run, settled, reading);
    // A store that is down for a while is no reason to send the mail again: the job keeps the files later, or tells why not.
    return await (lenient ? filed.catch(() => settled) : filed);
  } finally {
    underWay.delete(mailId);
  }
}

/** For what nobody has read at once, or a process that ended before it had read it, or kept its files. */
export const readMailJob: Job = {
  name: READ_MAIL,
  async run({ tenantId, subjectId, signal }, { settings, settingsOf, act }) {
    // Who waits here would keep a place from all other jobs.
    const later = { afterMs: LATER_MS };
    if (!isFree()) return later;
    const as = { tenantId, ...(await settingsOf(tenantId)), actor: "interaction/mail" };
    const run = <T>(work: (at: At) => Promise<T>) => act(as, work);
    const [before] = await run((at) => find(at, mails, [subjectId]));
    if (!before || (before.state !== "RECEIVED" && !hasFilesLeft(before))) return;
    // A job knows its context without the shape of its service, whose settings these are.
    const files = settings as unknown as FileSettings;
    const mail = await readKept({
      tenantId,
      mailId: subjectId,
      signal,
      settings: files,
      run,
      lenient: false,
    });
    if (!mail) return later;
    if (mail.state === "RECEIVED") return { afterMs: SECOND_TRY_MS };
  },
};
