import type {
  BatchGetCustomersRequest,
  BatchGetCustomersResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { find } from "@guanxi/kit/store";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const batchGetCustomers = query<BatchGetCustomersRequest, BatchGetCustomersResponse>(
  async (request, at) => {
    const found = await find(at, customers, request.customerIds);
    return { customers: found.map((customer) => answer(customer, at)) };
  },
);
