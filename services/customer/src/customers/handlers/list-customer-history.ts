import type {
  ListCustomerHistoryRequest,
  ListCustomerHistoryResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { customerHistory, historyFields, ofCustomer, presentHistory } from "../customer-history.ts";
import { customers } from "../customers.ts";

export const listCustomerHistory = query<ListCustomerHistoryRequest, ListCustomerHistoryResponse>(
  async ({ customerId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, customerHistory, {
        request: { pageSize, pageToken, orderBy: "version desc" },
        catalogue: historyFields,
        orders: ["version"],
        where: [ofCustomer(customerId)],
      }),
      get(at, customers, customerId), // another tenant's customer is not there
    ]);
    return { entries: items.map(presentHistory), nextPageToken };
  },
);
