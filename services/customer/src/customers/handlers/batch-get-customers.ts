import type {
  BatchGetCustomersRequest,
  BatchGetCustomersResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { findLiving } from "../living.ts";
import { answer } from "../present.ts";

export const batchGetCustomers = query<BatchGetCustomersRequest, BatchGetCustomersResponse>(
  async (request, at) => {
    const found = await findLiving(at, request.customerIds);
    return { customers: found.map((customer) => answer(customer, at)) };
  },
);
