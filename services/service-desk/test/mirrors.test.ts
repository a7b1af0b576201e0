import { randomUUID } from "node:crypto";
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CustomerChanged,
  CustomerRegistered,
  CustomerRemoved,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deskService } from "./service.ts";

const service = deskService();
let customer: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customer = await startTeller(service, "customer");
});
afterAll(() => customer.stop());

const known = async (tenantId: string) =>
  (await service.admin.query("select display_name, grade from customers where tenant_id = $1", [tenantId]))
    .rows;

test("customers are known by their newest name and grade; one that is gone is not", async () => {
  const { tenantId } = await service.user();
  const customerId = randomUUID();
  const told = (state: object) => ({ id: customerId, customerId, state: { customerId, ...state } });
  await customer.tell(tenantId, Customer, CustomerRegistered, told({ displayName: "晨光", grade: 2 }));
  await customer.tell(tenantId, Customer, CustomerChanged, told({ displayName: "晨光文具", grade: 1 }));
  await customer.settled();
  expect(await known(tenantId)).toEqual([{ display_name: "晨光文具", grade: 1 }]);
  await customer.remove(tenantId, Customer, CustomerRemoved, customerId);
  await customer.settled();
  expect(await known(tenantId)).toEqual([]);
});
