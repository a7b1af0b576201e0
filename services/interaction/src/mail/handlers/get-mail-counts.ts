import type {
  GetMailCountsRequest,
  MailCounts,
} from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { query } from "@guanxi/kit/handler";
import { countMails, type MailState } from "../mails.ts";

export const getMailCounts = query<GetMailCountsRequest, MailCounts>(async ({ mailboxId }, at) => {
  const rows = await countMails(at, mailboxId);
  const of = (state: MailState["state"]) => rows.find((row) => row.state === state)?.count ?? 0;
  return {
    totalCount: rows.reduce((sum, { count }) => sum + count, 0),
    receivedCount: of("RECEIVED"),
    storedCount: of("STORED"),
    duplicateCount: of("DUPLICATE"),
    refusedCount: of("REFUSED"),
  };
});
