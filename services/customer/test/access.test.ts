import { ListCustomerHistoryRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { FieldDefinition_Type as Type } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { expect, test } from "vitest";
import { email, phone } from "./builders.ts";
import { archive, create, define, list, read, search, update } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();

const READ = [{ resource: "customer", action: "read" }];
const NOBODY = "01970000-0000-7000-8000-000000000001";

test("R010 without a token there is no answer", async () => {
  const request = { customerId: NOBODY };
  for (const token of [undefined, "nonsense"]) {
    await expect(service.call(CustomerServiceService.getCustomer, request, token)).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
  }
});

test("R010 whoever lacks the right is told so, and nothing happens", async () => {
  const lin = await service.user();
  const reader = await service.user({ tenantId: lin.tenantId, grants: READ });
  const stranger = await service.user({ tenantId: lin.tenantId, grants: [] });
  const gone = await service.user({ tenantId: lin.tenantId, active: false });
  const { customerId, ...created } = await create(lin);
  const forbidden = { code: "PERMISSION_DENIED", reason: "PERMISSION_DENIED" };
  await expect(archive(reader, customerId)).rejects.toMatchObject(forbidden);
  await expect(create(reader)).rejects.toMatchObject(forbidden);
  await expect(update(reader, { customerId, ...created }, { industry: "tea" })).rejects.toMatchObject(
    forbidden,
  );
  for (const user of [stranger, gone]) await expect(read(user, customerId)).rejects.toMatchObject(forbidden);
  expect((await read(lin, customerId)).etag).toBe("1");
});

test("R010 another company's customer is not there, like one that never was", async () => {
  const [lin, other] = [await service.user(), await service.user()];
  const { customerId, ...created } = await create(lin, { contactPoints: [phone("13800138000")] });
  const refusalOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason: { code: string; reason: string; message: string }) => reason,
    );
    return (
      error && {
        code: error.code,
        reason: error.reason,
        message: error.message.replace(/[0-9a-f-]{36}/, "ID"),
      }
    );
  };
  const history = (id: string) =>
    other.call(
      CustomerServiceService.listCustomerHistory,
      ListCustomerHistoryRequest.fromPartial({ customerId: id }),
    );
  const calls = [
    (id: string) => read(other, id),
    (id: string) => archive(other, id),
    (id: string) => update(other, { ...created, customerId: id }, { industry: "tea" }),
    history,
  ];
  for (const call of calls) {
    const refusal = await refusalOf(call(customerId));
    expect(refusal).toMatchObject({ code: "NOT_FOUND" });
    expect(await refusalOf(call(NOBODY))).toEqual(refusal);
  }
  expect((await list(other, { includeArchived: true })).customers).toEqual([]);
  expect(await search(other, "13800138000")).toEqual([]);
  expect((await create(other, { contactPoints: [phone("13800138000")] })).duplicateCandidates).toEqual([]);
  const { customers } = await other.call(CustomerServiceService.batchGetCustomers, {
    customerIds: [customerId],
  });
  expect(customers).toEqual([]);
});

test("R010 who may not read personal fields sees that there are some, and no more", async () => {
  const lin = await service.user();
  const agent = await service.user({
    tenantId: lin.tenantId,
    grants: [...READ, { resource: "customer", action: "update" }],
  });
  await define(lin, { key: "passport", type: Type.TEXT, personal: true, filterable: true });
  await define(lin, { key: "seats", type: Type.NUMBER, filterable: true });
  const created = await create(lin, {
    contactPoints: [phone("13800138000"), email("li@example.com")],
    addresses: [{ regionCode: "CN", locality: "上海", addressLines: ["南京路 1 号"] }],
    birthDate: { year: 1990, month: 5, day: 17 },
    custom: { passport: "E12345678", seats: 7 },
    industry: "tea",
  });
  const masked = await read(agent, created.customerId);
  expect(masked).toMatchObject({
    displayName: "***",
    contactPoints: [
      { value: "***", normalised: "***" },
      { value: "***", normalised: "***" },
    ],
    birthDate: undefined,
    custom: { seats: 7 },
    industry: "tea",
    regionCode: "CN",
  });
  const seen = JSON.stringify([
    masked,
    await list(agent),
    await list(agent, { orderBy: "create_time desc" }),
  ]);
  for (const secret of ["张三", "13800138000", "li@example.com", "南京路", "1990", "E12345678"]) {
    expect(seen).not.toContain(secret);
  }
  const changed = await update(agent, created, { industry: "silk" });
  expect(changed).toMatchObject({ displayName: "***", industry: "silk" });
  expect(await read(lin, created.customerId)).toMatchObject({
    displayName: "张三",
    custom: { passport: "E12345678" },
  });
});

test("R010 what is hidden cannot be guessed by filters, orders and search, nor overwritten by its mask", async () => {
  const lin = await service.user();
  const agent = await service.user({
    tenantId: lin.tenantId,
    grants: [...READ, { resource: "customer", action: "update" }],
  });
  await define(lin, { key: "passport", type: Type.TEXT, personal: true, filterable: true });
  const created = await create(lin, { custom: { passport: "E1" } });
  const forbidden = { code: "PERMISSION_DENIED" };
  for (const filter of [
    'display_name == "张三"',
    "has(birth_date)",
    'custom.passport == "E1"',
    '!(legal_name == "x")',
  ]) {
    await expect(list(agent, { filter }), filter).rejects.toMatchObject(forbidden);
    expect((await list(lin, { filter })).customers.length).toBeLessThanOrEqual(1);
  }
  await expect(list(agent, { orderBy: "display_name" })).rejects.toMatchObject(forbidden);
  await expect(search(agent, "zs")).rejects.toMatchObject(forbidden);
  const masked = await read(agent, created.customerId);
  await expect(update(agent, masked, masked)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("R010 a repetition shows what the first answer showed, and not to those who may no longer see it", async () => {
  const lin = await service.user();
  const first = await create(lin, { displayName: "王芳" }, "again");
  expect(await create(lin, { displayName: "王芳" }, "again")).toEqual(first);
  await service.admin.query("update principals set grants = $1, version = 2 where principal_id = $2", [
    JSON.stringify(["customer:create", "customer:read"]),
    lin.userId,
  ]);
  await expect(create(lin, { displayName: "王芳" }, "again")).rejects.toMatchObject({
    reason: "RIGHTS_CHANGED",
  });
  expect(await read(lin, first.customerId)).toMatchObject({ displayName: "***" });
});

test("R010 creating tells those who may not read personal data nothing of whose it is", async () => {
  const lin = await service.user();
  const known = await create(lin, { contactPoints: [phone("138 0013 8000")] });
  const grants = [
    { resource: "customer", action: "create" },
    { resource: "customer", action: "read" },
  ];
  const wang = await service.user({ tenantId: lin.tenantId, grants });
  const twin = { displayName: "另一个", contactPoints: [phone("138 0013 8000")] };
  expect(await create(wang, twin)).toMatchObject({ duplicateCandidates: [] });
  const { duplicateCandidates } = await create(lin, twin);
  expect(duplicateCandidates.map(({ customerId }) => customerId)).toContain(known.customerId);
});
