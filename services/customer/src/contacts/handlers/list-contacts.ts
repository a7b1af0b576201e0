import type {
  ListContactsRequest,
  ListContactsResponse,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { active, atCustomer, contactFields, contacts } from "../contacts.ts";
import { present } from "../present.ts";

export const listContacts = query<ListContactsRequest, ListContactsResponse>(async (request, at) => {
  const { customerId, includeArchived, includeLeft } = request;
  const { items, nextPageToken } = await list(at, contacts, {
    request,
    catalogue: contactFields,
    orders: ["create_time", "update_time", "display_name"],
    where: [
      ...(includeArchived ? [] : [active]),
      ...(customerId ? [atCustomer(customerId, includeLeft)] : []),
    ],
  });
  return { contacts: items.map(present), nextPageToken };
});
