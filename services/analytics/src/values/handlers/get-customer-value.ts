import type { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import type { GetCustomerValueRequest } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { query } from "@guanxi/kit/handler";
import { presentValue } from "../customer-value.ts";
import { valueOf } from "../customer-values.ts";

export const getCustomerValue = query<GetCustomerValueRequest, CustomerValue>(async ({ customerId }, at) =>
  presentValue(await valueOf(at, customerId)),
);
