import type {
  ListContactsRequest,
  ListContactsResponse,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { resolve } from "../../customers/resolve.ts";
import { active, atCustomer, contactFields, contacts } from "../contacts.ts";
import { present } from "../present.ts";

export const listContacts = query<ListContactsRequest, ListContactsResponse>(async (request, at) => {
  const { customerId, includeArchived, includeLeft } = request;
  const living = customerId && ((await resolve(at, [customerId])).get(customerId) ?? customerId);
  const { items, nextPageToken } = await list(at, contacts, {
    request,
    catalogue: contactFields,
    orders: ["create_time", "update_time", "display_name"],
    where: [...(includeArchived ? [] : [active]), ...(living ? [atCustomer(living, includeLeft)] : [])],
  });
  return { contacts: items.map(present), nextPageToken };
});
