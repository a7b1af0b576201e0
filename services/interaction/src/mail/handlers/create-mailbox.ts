import { Mailbox } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import { MailboxChanged, MailboxCreated } from "@guanxi/contract/guanxi/interaction/v1/mailbox_events";
import type { CreateMailboxRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create, withoutDefault } from "../mailbox.ts";
import { findDefault, holdDefault, mailboxes, present } from "../mailboxes.ts";

export const createMailbox = command<CreateMailboxRequest, Mailbox>(async (request, at) => {
  const sent = create(Mailbox.fromPartial(request.mailbox ?? {}), at.newId(), at.now);
  await holdDefault(at);
  const main = await findDefault(at);
  const mailbox = { ...sent, isDefault: sent.isDefault || !main };
  if (main && mailbox.isDefault) record(at, mailboxes, withoutDefault(main, at.now), MailboxChanged);
  return present(record(at, mailboxes, mailbox, MailboxCreated));
});
