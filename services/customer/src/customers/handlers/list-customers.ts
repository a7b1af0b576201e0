import type {
  ListCustomersRequest,
  ListCustomersResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { fieldsFor } from "../customer-fields.ts";
import { active, customers, unmerged } from "../customers.ts";
import { answer } from "../present.ts";

export const listCustomers = query<ListCustomersRequest, ListCustomersResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, customers, {
    request,
    catalogue: await fieldsFor(at, request.filter),
    orders: ["create_time", "update_time", "display_name", "completeness"],
    where: [request.includeArchived ? unmerged : active],
  });
  return { customers: items.map((customer) => answer(customer, at)), nextPageToken };
});
