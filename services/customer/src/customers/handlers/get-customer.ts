import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { GetCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const getCustomer = query<GetCustomerRequest, Customer>(async ({ customerId }, at) =>
  answer(await get(at, customers, customerId), at),
);
