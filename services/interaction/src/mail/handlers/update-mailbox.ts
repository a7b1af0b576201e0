import { isDeepStrictEqual } from "node:util";
import { Mailbox } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import { MailboxChanged } from "@guanxi/contract/guanxi/interaction/v1/mailbox_events";
import type { UpdateMailboxRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change, withoutDefault } from "../mailbox.ts";
import { findDefault, holdDefault, mailboxes, present } from "../mailboxes.ts";

export const updateMailbox = command<UpdateMailboxRequest, Mailbox>(async (request, at) => {
  const { mailbox: sent, etag, updateMask } = request;
  await holdDefault(at);
  const [before, main] = await Promise.all([lock(at, mailboxes, sent?.mailboxId ?? ""), findDefault(at)]);
  requireEtag(before, etag);
  const merged = at.check(Mailbox, merge(Mailbox, present(before), sent, updateMask), "mailbox");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  if (after.isDefault && !before.isDefault && main)
    record(at, mailboxes, withoutDefault(main, at.now), MailboxChanged);
  return present(record(at, mailboxes, after, MailboxChanged));
});
