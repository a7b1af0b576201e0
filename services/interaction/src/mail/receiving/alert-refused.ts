// Somebody of us hears that a mail was not taken: what is lost in silence is a customer who waits for ever.
import type { At } from "@guanxi/kit/at";
import { makeTask } from "../../tasks/make-task.ts";
import type { MailboxState } from "../mailbox.ts";

const SAID = {
  MAIL_TOO_LARGE: "it is larger than 25 MB: ask for the files in another way",
  MAIL_UNREADABLE: "it cannot be read: download it to see it as it came",
  MAIL_TOO_COSTLY: "it is built so that it takes too long to read: download it to see it as it came",
  MAILBOX_INACTIVE:
    "the mailbox takes no mail: set it active and read the mail again, or tell those who write to it",
};

export type Refused = keyof typeof SAID;

export async function alertRefused(
  at: At,
  { mailboxId, address }: MailboxState,
  { mailId, reason }: { readonly mailId: string; readonly reason: Refused },
): Promise<void> {
  // Whoever closes a mailbox knows; that it is still written to is news once a day.
  const key = reason === "MAILBOX_INACTIVE" ? `${mailboxId} ${at.today}` : mailId;
  await makeTask(at, {
    kind: "ALERT",
    title: `A mail to ${address} was refused: ${reason}`,
    note: `Mail ${mailId}`,
    assigneeId: null,
    dueTime: at.now,
    origin: { rule: "mail_refused", key, reason: `The mail became no contact, since ${SAID[reason]}.` },
  });
}
