import type {
  SearchCustomersRequest,
  SearchCustomersResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { search } from "../customers.ts";
import { answer } from "../present.ts";
import { searchOf } from "../search.ts";

const DEFAULT_SIZE = 20;

export const searchCustomers = query<SearchCustomersRequest, SearchCustomersResponse>(async (request, at) => {
  const { includeArchived, pageSize } = request;
  const found = await search(at, searchOf(request.query), {
    includeArchived,
    limit: pageSize || DEFAULT_SIZE,
  });
  return { customers: found.map((customer) => answer(customer, at)) };
});
