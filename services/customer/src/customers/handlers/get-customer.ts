import type { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { GetCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { query } from "@guanxi/kit/handler";
import { getLiving } from "../living.ts";
import { answer } from "../present.ts";

export const getCustomer = query<GetCustomerRequest, Customer>(async ({ customerId }, at) =>
  answer(await getLiving(at, customerId), at),
);
