import { CustomerReclassified } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type {
  ReclassifyCustomersRequest,
  ReclassifyCustomersResponse,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { reclassify } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const reclassifyCustomers = command<ReclassifyCustomersRequest, ReclassifyCustomersResponse>(
  async ({ customerIds, categoryId, reason }, at) => {
    const before = await lock(at, customers, customerIds);
    const after = before.map((customer) => reclassify(customer, categoryId || null, at.now));
    const moved = after.filter((customer, index) => customer !== before[index]);
    const recorded = new Map(
      record(at, customers, moved, CustomerReclassified, { reason }).map((each) => [each.customerId, each]),
    );
    return { customers: after.map((each) => answer(recorded.get(each.customerId) ?? each, at)) };
  },
);
