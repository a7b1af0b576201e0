import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  FindDuplicatesRequest,
  RestoreCustomerRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { email, phone } from "./builders.ts";
import { archive, create, createFirm, search, update } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();

const CODE = "914403001922038216";

const duplicatesOf = async (user: TestUser, customer: object) => {
  const request = FindDuplicatesRequest.fromPartial({ customer });
  return (await user.call(CustomerServiceService.findDuplicates, request)).candidates;
};

test("R009 of two near-identical records the second answers with the first and a score", async () => {
  const lin = await service.user();
  const first = await create(lin, { contactPoints: [phone("13800138000"), email("San@Example.com")] });
  expect(first.duplicateCandidates).toEqual([]);
  const second = await create(lin, { contactPoints: [phone("+86 138 0013 8000"), email("san@example.com")] });
  expect(second.duplicateCandidates).toEqual([
    {
      customerId: first.customerId,
      displayName: "张三",
      score: 99,
      matchedFields: ["email", "phone", "name"],
      archived: false,
    },
  ]);
  await archive(lin, first.customerId);
  const third = await create(lin, { displayName: "章三" });
  expect(third.duplicateCandidates.map(({ score, archived }) => [score, archived])).toEqual([
    [30, true],
    [30, false],
  ]);
});

test("R009 candidates can be asked for before saving, also of something incomplete or wrong", async () => {
  const lin = await service.user();
  const firm = await createFirm(lin, {
    displayName: "北京华新科技有限公司",
    creditCode: CODE,
    externalIds: [{ system: "erp", id: "7" }],
  });
  const organisation = { kind: Customer_Kind.ORGANISATION };
  const scores = async (customer: object) => (await duplicatesOf(lin, customer)).map(({ score }) => score);
  expect(await scores({ ...organisation, displayName: "北京华新科技" })).toEqual([50]);
  expect(await scores({ ...organisation, displayName: "Beijing Huaxin Keji" })).toEqual([30]);
  expect(await scores({ ...organisation, displayName: "别的", creditCode: CODE })).toEqual([100]);
  expect(
    await scores({ ...organisation, displayName: "别的", externalIds: [{ system: "erp", id: "7" }] }),
  ).toEqual([100]);
  expect(await scores({ ...organisation, displayName: "别的", contactPoints: [phone("12")] })).toEqual([]);
  expect(await scores({})).toEqual([]);
  expect(await scores({ ...organisation, customerId: firm.customerId, displayName: "北京华新科技" })).toEqual(
    [],
  );
});

test("R009 an external id and a credit code have one customer, whom the refusal names", async () => {
  const lin = await service.user();
  const externalIds = [{ system: "erp", id: "7" }];
  const firm = await createFirm(lin, { creditCode: CODE, externalIds });
  const taken = (field: string) => ({
    code: "ALREADY_EXISTS",
    reason: "CUSTOMER_EXISTS",
    message: expect.stringContaining(firm.customerId),
    violations: [expect.objectContaining({ field })],
  });
  await expect(createFirm(lin, { creditCode: CODE })).rejects.toMatchObject(taken("customer.credit_code"));
  await expect(create(lin, { externalIds })).rejects.toMatchObject(taken("customer.external_ids"));
  const other = await createFirm(lin, { externalIds: [{ system: "shop", id: "7" }] });
  await expect(update(lin, other, { creditCode: CODE })).rejects.toMatchObject(taken("customer.credit_code"));

  await archive(lin, firm.customerId);
  await expect(create(lin, { externalIds })).rejects.toMatchObject(taken("customer.external_ids"));
  const heir = await update(lin, other, { creditCode: CODE });
  expect(heir.creditCode).toBe(CODE);
  const restore = RestoreCustomerRequest.fromPartial({ customerId: firm.customerId });
  await expect(lin.call(CustomerServiceService.restoreCustomer, restore)).rejects.toMatchObject({
    reason: "CUSTOMER_EXISTS",
    message: expect.stringContaining(heir.customerId),
  });
});

test("R009 of many who take one external id at once, one gets it", async () => {
  const lin = await service.user();
  const externalIds = [{ system: "erp", id: "7" }];
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => create(lin, { externalIds })));
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(9);
  for (const outcome of refused) expect(outcome).toMatchObject({ reason: { reason: "CUSTOMER_EXISTS" } });
});

test("a customer is found by name, pinyin, initials, phone tail, e-mail address and external id", async () => {
  const lin = await service.user();
  await create(lin, {
    displayName: "张三",
    contactPoints: [phone("13800010001"), email("san@example.com")],
    externalIds: [{ system: "erp", id: "K-77" }],
  });
  await create(lin, { displayName: "张三丰" });
  await create(lin, { displayName: "老张三" });
  await create(lin, { displayName: "李四", contactPoints: [phone("13800020002")] });
  await createFirm(lin, { displayName: "北京华新科技有限公司" });

  expect(await search(lin, "张三")).toEqual(["张三", "张三丰", "老张三"]);
  for (const query of ["zhangsan", "ZS", "zhang san"]) {
    expect(await search(lin, query), query).toEqual(["张三", "张三丰", "老张三"]);
  }
  for (const query of ["0001", "138 0001 0001", "+8613800010001", "san@example.com", "k-77", "张三 0001"]) {
    expect(await search(lin, query), query).toEqual(["张三"]);
  }
  expect(await search(lin, "1380")).toEqual([]);
  for (const query of ["华新", "bjhx", "keji", "北京 科技"]) {
    expect(await search(lin, query), query).toEqual(["北京华新科技有限公司"]);
  }
  expect(await search(lin, "nobody")).toEqual([]);
  expect(await search(lin, "zs", { pageSize: 1 })).toEqual(["张三"]);
});

test("search follows changes, and finds archived customers where it is asked to", async () => {
  const lin = await service.user();
  const created = await create(lin);
  const renamed = await update(lin, created, { displayName: "王五" });
  expect([await search(lin, "zs"), await search(lin, "wangwu")]).toEqual([[], ["王五"]]);
  await archive(lin, renamed.customerId);
  expect([await search(lin, "ww"), await search(lin, "ww", { includeArchived: true })]).toEqual([
    [],
    ["王五"],
  ]);
});

test("a frequent word does not hide a rare one", async () => {
  const lin = await service.user();
  await create(lin, { displayName: "张三", contactPoints: [phone("13800010001")] });
  // Many that begin before 张三; only their tokens are needed, so they are no whole customers.
  await service.admin.query("set session_replication_role = replica");
  await service.admin.query(
    `insert into customer_tokens (tenant_id, customer_id, kind, token)
     select $1, gen_random_uuid(), 'word', '张一' || n from generate_series(1, 1500) n`,
    [lin.tenantId],
  );
  await service.admin.query("reset session_replication_role");
  expect(await search(lin, "张 0001")).toEqual(["张三"]);
  expect(await search(lin, "张三")).toEqual(["张三"]);
});
