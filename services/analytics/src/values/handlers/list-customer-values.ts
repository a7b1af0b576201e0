import type {
  ListCustomerValuesRequest,
  ListCustomerValuesResponse,
} from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentValue } from "../customer-value.ts";
import { customerValues, scored, VALUE_ORDERS, valueFields } from "../customer-values.ts";

export const listCustomerValues = query<ListCustomerValuesRequest, ListCustomerValuesResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, customerValues, {
      request: { ...request, orderBy: request.orderBy || "clv desc" },
      catalogue: valueFields,
      orders: VALUE_ORDERS,
      where: [scored],
    });
    return { customerValues: items.map(presentValue), nextPageToken };
  },
);
