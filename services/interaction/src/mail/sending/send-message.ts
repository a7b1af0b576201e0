// Claim, send, settle: each of a message alone, and each in a transaction of its own. Between claim and settling nobody knows
// whether the server has the mail, so that what a crash leaves there is never sent again by itself. The row of a job is locked
// before its message, by all.
import type { FileSettings } from "@guanxi/attachments/file-store";
import type { AttachmentRow } from "@guanxi/attachments/rows";
import type { Acting } from "@guanxi/bus/act";
import type { Job, JobContext } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { MessageClaimed, MessageFailed } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { At } from "@guanxi/kit/at";
import { lockFound, record } from "@guanxi/kit/store";
import type { InteractionState } from "../../interactions/interaction-state.ts";
import { mayLeave } from "../../campaigns/leaving.ts";
import { letterWith } from "../../campaigns/letters.ts";
import { interactions } from "../../interactions/interactions.ts";
import { lookForEnd, tellLost } from "../../messages/lost.ts";
import { SEND_MESSAGE } from "../../messages/plan-message.ts";
import { rememberMail } from "../../messages/record-sent.ts";
import type { MailboxState } from "../mailbox.ts";
import { sendingMailbox } from "../mailboxes.ts";
import type { MailSettings } from "../settings.ts";
import { composed, letterOf } from "./compose.ts";
import { LetterFault } from "./letter-fault.ts";
import { claimed, isDue, moved } from "./delivery.ts";
import { takeDue, takeOf } from "./due-messages.ts";
import { contentOf, filesOf, type LetterFile } from "./files.ts";
import { AGAIN_MS, explain, holdBack } from "./hold-back.ts";
import { persist, settle } from "./settle.ts";
import { openSmtp, type SmtpSession } from "./smtp.ts";

/** Then the next job may have the place. */
const TURN_MS = 20_000;
const WITHOUT_SERVER_MS = 5 * 60_000;

const NO_SERVER = "No mail server is known here: set SMTP_URL.";
const NO_MAILBOX = "There is no active mailbox to send from: make one, or make one the default.";

interface Sending {
  readonly as: Acting;
  readonly act: JobContext["act"];
  readonly session: SmtpSession;
  readonly files: FileSettings;
}

/** One connection sends its own message, and then whatever else of the company is due. */
export const sendMessageJob: Job = {
  name: SEND_MESSAGE,
  async run({ tenantId, subjectId, signal }, { settings, settingsOf, act }) {
    const as = { tenantId, ...(await settingsOf(tenantId)), actor: "interaction/mail" };
    // A job knows its context without the shape of its service, whose settings these are.
    const files = settings as unknown as MailSettings & FileSettings;
    const { smtpUrl } = files;
    const hold = (why: string, ms: number) => act(as, (at) => holdBack(at, subjectId, why, ms));
    if (!smtpUrl) return { again: await hold(NO_SERVER, WITHOUT_SERVER_MS) };
    let session: SmtpSession;
    try {
      session = await openSmtp(smtpUrl);
    } catch (error) {
      return { again: await hold(`The mail server cannot be used: ${(error as Error).message}`, AGAIN_MS) };
    }
    try {
      await sendDue({ as, act, session, files }, subjectId, signal);
    } finally {
      session.close();
    }
  },
};

async function sendDue(sending: Sending, first: string, signal: AbortSignal): Promise<void> {
  const end = performance.now() + TURN_MS;
  let turn: Turn | "nothing due" = await sending.act(sending.as, (at) => claimOf(at, first));
  while (turn !== "nothing due") {
    if (turn && "wants" in turn) turn = await withFiles(sending, turn);
    if (turn && !(await sendOne(sending, turn))) return;
    if (signal.aborted || performance.now() > end) return;
    turn = await sending.act(sending.as, claimDue);
  }
}

interface Claimed {
  readonly interactionId: string;
  /** When it was claimed, which no two claims of a message share. */
  readonly since: string;
  readonly from: string;
  readonly to: string;
  readonly mail: Buffer;
}

/** It is claimed once its files have been read: whoever dies over them has sent nothing. */
interface Wanting {
  readonly interactionId: string;
  readonly wants: readonly AttachmentRow[];
}

/** Undefined where there was one, and it is not to be sent. */
type Turn = Claimed | Wanting | undefined;

async function withFiles(
  { as, act, files }: Sending,
  { interactionId, wants }: Wanting,
): Promise<Claimed | undefined> {
  const read = await contentOf(files, as.tenantId, wants).catch((error: Error) => error);
  const turn = await act(as, (at) =>
    read instanceof Error ? withoutFiles(at, interactionId, read) : claimOf(at, interactionId, read),
  );
  return turn && "mail" in turn ? turn : undefined;
}

async function withoutFiles(at: At, interactionId: string, why: Error): Promise<undefined> {
  const [it] = await lockFound(at, interactions, [interactionId]);
  if (!it || !isDue(it, at.now)) return;
  if (why instanceof LetterFault) fail(at, it, why.message);
  else explain(at, [it], `The files that go with it cannot be read for now: ${why.message}`);
}

/** False where the connection is of no more use. */
async function sendOne({ as, act, session }: Sending, claimed: Claimed): Promise<boolean> {
  const outcome = await session.send(claimed.from, claimed.to, claimed.mail);
  await persist(() => act(as, (at) => settle(at, claimed, outcome)));
  if (outcome.fate === "sent") return true;
  if (outcome.fate !== "refused" && outcome.fate !== "put off") return false;
  return session.reset().then(
    () => true,
    () => false,
  );
}

/** The job goes in the transaction of the claim: whoever dies between them would leave a message that nobody sends. */
async function claimDue(at: At): Promise<Turn | "nothing due"> {
  const interactionId = await takeDue(at);
  return interactionId ? claim(at, interactionId) : "nothing due";
}

function claimOf(at: At, interactionId: string, files: readonly LetterFile[] = []): Promise<Turn> {
  takeOf(at, interactionId);
  return claim(at, interactionId, files);
}

async function claim(at: At, interactionId: string, files: readonly LetterFile[] = []): Promise<Turn> {
  const [it] = await lockFound(at, interactions, [interactionId]);
  if (!it || !isDue(it, at.now)) return it && notYet(at, it);
  if (!(await mayLeave(at, it))) return undefined;
  const mailbox = await sendingMailbox(at, wishedMailbox(it));
  if (!mailbox) {
    explain(at, [it], NO_MAILBOX);
    enqueue(at, SEND_MESSAGE, interactionId, new Date(at.now.getTime() + WITHOUT_SERVER_MS));
    return undefined;
  }
  try {
    return await readied(at, it, mailbox, files);
  } catch (error) {
    if (!(error instanceof LetterFault)) throw error;
    fail(at, it, error.message);
    return undefined;
  }
}

const wishedMailbox = ({ detail }: InteractionState) =>
  detail?.$case === "email" ? detail.value.mailboxId : "";

/** By the clock of the database it was due: here it comes a moment later, and is not to be forgotten. */
function notYet(at: At, { interactionId, deliveryState, delivery }: InteractionState): undefined {
  if (deliveryState === "QUEUED" && delivery?.notBeforeTime)
    enqueue(at, SEND_MESSAGE, interactionId, new Date(delivery.notBeforeTime));
}

async function readied(
  at: At,
  it: InteractionState,
  mailbox: MailboxState,
  files: readonly LetterFile[],
): Promise<Turn> {
  const { interactionId } = it;
  const letter = letterOf(it, mailbox, at.tenantId, at.now);
  const campaign = it.campaignMessageId ? await letterWith(at, interactionId) : undefined;
  const wants = await filesOf(at, it);
  if (wants.length > files.length) {
    enqueue(at, SEND_MESSAGE, interactionId, new Date(at.now.getTime() + AGAIN_MS)); // if nobody comes back with them
    return { interactionId, wants };
  }
  const mail = await composed({ ...letter, ...campaign }, files); // what cannot be composed stays queued
  record(at, interactions, claimed(it, mailbox, letter, at.now), MessageClaimed);
  lookForEnd(at, interactionId);
  if (it.conversationId) rememberMail(at, it.conversationId, letter.messageId);
  return { interactionId, since: at.now.toISOString(), from: letter.from.address, to: letter.to, mail };
}

function fail(at: At, it: InteractionState, why: string): void {
  record(at, interactions, moved(it, "FAILED", why, at.now), MessageFailed);
  tellLost(at, it.interactionId);
}
