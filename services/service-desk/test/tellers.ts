// The other services, as the tests let them speak.
import { randomUUID } from "node:crypto";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { type startService } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll } from "vitest";

type Service = Awaited<ReturnType<typeof startService>>;
type Teller = Awaited<ReturnType<typeof startTeller>>;

/** Started before the first test of the file, stopped behind the last. */
export function teller(service: Service, area: string): Teller {
  const holder = {} as Teller;
  beforeAll(async () => {
    Object.assign(holder, await startTeller(service, area));
  });
  afterAll(() => holder.stop());
  return holder;
}

/** A customer that the service has heard of. */
export async function knownCustomer(customer: Teller, tenantId: string, state: object = {}): Promise<string> {
  const customerId = randomUUID();
  await customer.tell(tenantId, Customer, CustomerRegistered, {
    id: customerId,
    customerId,
    state: { customerId, displayName: `客户 ${customerId.slice(0, 4)}`, ...state },
  });
  await customer.settled();
  return customerId;
}
