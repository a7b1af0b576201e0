import type {
  ListMailboxesRequest,
  ListMailboxesResponse,
} from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { mailboxes, mailboxFields, present } from "../mailboxes.ts";

export const listMailboxes = query<ListMailboxesRequest, ListMailboxesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, mailboxes, {
    request,
    catalogue: mailboxFields,
    orders: ["address", "create_time"],
  });
  return { mailboxes: items.map(present), nextPageToken };
});
