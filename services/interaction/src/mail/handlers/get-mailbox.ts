import type { Mailbox } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import type { GetMailboxRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { mailboxes, present } from "../mailboxes.ts";

export const getMailbox = query<GetMailboxRequest, Mailbox>(async ({ mailboxId }, at) =>
  present(await get(at, mailboxes, mailboxId)),
);
