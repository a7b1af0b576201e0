import { afterAll, beforeAll, expect, test } from "vitest";
import { open } from "./calls.ts";
import { startCustomerTeller } from "./customer-teller.ts";
import { salesService } from "./service.ts";

const service = salesService();
let customer: Awaited<ReturnType<typeof startCustomerTeller>>;
beforeAll(async () => {
  customer = await startCustomerTeller(service);
});
afterAll(() => customer.stop());

const known = async (tenantId: string) => {
  const { rows } = await service.admin.query(
    `select display_name as name, coalesce(string_agg(system || ' ' || external_id, ', ' order by external_id), '') as ids
     from customers c left join customer_external_ids e using (tenant_id, customer_id)
     where tenant_id = $1 group by customer_id, display_name order by display_name`,
    [tenantId],
  );
  return (rows as { name: string; ids: string }[]).map(({ name, ids }) => `${name}: ${ids}`);
};

const id = (value: string) => ({ system: "erp", id: value });

test("customers are known by their newest name and ids; one that is gone is not", async () => {
  const { tenantId, ...lin } = await service.user();
  const [a, b] = await customer.register(tenantId, [
    { displayName: "A", externalIds: [id("1"), id("2")] },
    { displayName: "B", externalIds: [] },
  ]);
  await customer.settled();
  expect(await known(tenantId)).toEqual(["A: erp 1, erp 2", "B: "]);
  await customer.change(tenantId, a!, { displayName: "A2", externalIds: [id("2")] });
  await customer.change(tenantId, b!, { externalIds: [id("1")] });
  await customer.settled();
  expect(await known(tenantId)).toEqual(["A2: erp 2", "B: erp 1"]);
  const user = { tenantId, ...lin };
  await open(user, { customerId: b!.customerId });
  await customer.remove(tenantId, b!);
  await customer.settled();
  expect(await known(tenantId)).toEqual(["A2: erp 2"]);
  await expect(open(user, { customerId: b!.customerId })).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
});

test("made anew from the log, the copies are the same", async () => {
  const { tenantId } = await service.user();
  const [a] = await customer.register(tenantId, [{ displayName: "A", externalIds: [id("1")] }]);
  await customer.change(tenantId, a!, { displayName: "A2", externalIds: [id("9")] });
  await customer.settled();
  const before = await known(tenantId);
  await service.admin.query("delete from customer_external_ids where tenant_id = $1", [tenantId]);
  await service.rebuild("customers", tenantId, await customer.archive());
  expect(await known(tenantId)).toEqual(before);
});
