import type { CustomerCountServiceServer } from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import type { Handlers } from "@guanxi/kit/handler";
import { queryCustomerCounts } from "./customers/handlers/query-customer-counts.ts";

export const customerCountService: Handlers<CustomerCountServiceServer> = { queryCustomerCounts };
