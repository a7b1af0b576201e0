import type {
  ListMailsRequest,
  ListMailsResponse,
} from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { mailFields, mails, presentMail } from "../mails.ts";

export const listMails = query<ListMailsRequest, ListMailsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, mails, {
    request: { ...request, orderBy: request.orderBy || "receive_time desc" },
    catalogue: mailFields,
    orders: ["receive_time"],
  });
  return { mails: items.map(presentMail), nextPageToken };
});
