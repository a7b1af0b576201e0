// What a mailbox is.
import type { Mailbox } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import { refuse } from "@guanxi/kit/refuse";

export interface MailboxState {
  readonly mailboxId: string;
  readonly address: string;
  readonly displayName: string;
  readonly opensCases: boolean;
  readonly queueId: string | null;
  readonly signature: string;
  readonly acknowledgement: string;
  readonly active: boolean;
  readonly isDefault: boolean;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export const create = (sent: Mailbox, mailboxId: string, now: Date): MailboxState => ({
  ...particulars(sent),
  mailboxId,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(mailbox: MailboxState, sent: Mailbox, now: Date): MailboxState {
  const after = { ...mailbox, ...particulars(sent), updateTime: now };
  if (!mailbox.isDefault || after.isDefault) return after;
  throw refuse("invalid", "INVALID_REQUEST", "Make another mailbox the default, and this one no longer is.", [
    { field: "mailbox.default", description: "is taken away by setting it elsewhere", reason: "DEFAULT" },
  ]);
}

export const withoutDefault = (mailbox: MailboxState, now: Date): MailboxState => ({
  ...mailbox,
  isDefault: false,
  updateTime: now,
});

const particulars = (sent: Mailbox) => ({
  address: sent.address.toLowerCase(),
  displayName: sent.displayName,
  opensCases: sent.opensCases,
  queueId: sent.queueId.toLowerCase() || null,
  signature: sent.signature,
  acknowledgement: sent.acknowledgement,
  active: sent.active,
  isDefault: sent.default,
});

/** The part of an address that says whose it is. */
export const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);
