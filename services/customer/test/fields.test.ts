import {
  CategoryServiceService,
  UpdateCategoryRequest,
} from "@guanxi/contract/guanxi/customer/v1/category_service";
import {
  type FieldDefinition,
  FieldDefinition_Type as Type,
  FieldDefinitionServiceService,
  ListFieldDefinitionsRequest,
  UpdateFieldDefinitionRequest,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { archive, create, createCategory, define, list, read, update } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();
const violation = (field: string) => ({ violations: [expect.objectContaining({ field })] });

const change = (user: TestUser, before: FieldDefinition, fieldDefinition: object) =>
  user.call(
    FieldDefinitionServiceService.updateFieldDefinition,
    UpdateFieldDefinitionRequest.fromPartial({
      fieldDefinition: { ...fieldDefinition, fieldDefinitionId: before.fieldDefinitionId },
      etag: before.etag,
    }),
  );

test("a tenant's own fields are checked, kept and asked for by their type", async () => {
  const lin = await service.user();
  const all = { filterable: true };
  await Promise.all([
    define(lin, { key: "seats", type: Type.NUMBER, ...all }),
    define(lin, { key: "discount", type: Type.DECIMAL, ...all }),
    define(lin, { key: "signed", type: Type.BOOL, ...all }),
    define(lin, { key: "renewal", type: Type.DATE, ...all }),
    define(lin, { key: "seen", type: Type.TIME, ...all }),
    define(lin, { key: "plan", type: Type.ENUM, options: [{ value: "FREE" }, { value: "TEAM" }], ...all }),
    define(lin, { key: "nickname", type: Type.TEXT, ...all }),
    define(lin, { key: "memo", type: Type.TEXT }),
  ]);
  const custom = {
    seats: 12,
    discount: "0.125",
    signed: false,
    renewal: "2027-01-31",
    seen: "2026-11-21T08:00:00+08:00",
    plan: "TEAM",
    nickname: "小张",
    memo: " as it was ",
  };
  const created = await create(lin, { custom });
  await create(lin, { custom: { seats: 3 } });
  expect(created.custom).toEqual(custom);
  expect((await read(lin, created.customerId)).custom).toEqual(custom);
  const found = async (filter: string) =>
    (await list(lin, { filter })).customers.map(({ customerId }) => customerId);
  for (const filter of [
    "custom.seats > 10",
    "custom.discount < 0.2",
    "custom.signed == false",
    'custom.renewal > "2027-01-01"',
    'custom.seen == timestamp("2026-11-21T00:00:00Z")',
    'custom.plan == "TEAM"',
    'custom.nickname.startsWith("小")',
    "has(custom.plan) && custom.seats >= 10 && custom.seats < 13",
  ]) {
    expect(await found(filter), filter).toEqual([created.customerId]);
  }
  for (const filter of ['custom.memo == "x"', "custom.chairs > 1", 'custom.seats > "ten"']) {
    await expect(list(lin, { filter }), filter).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  }
  const fewer = await update(lin, created, { custom: { seats: 5 } }, ["custom.seats", "custom.plan"]);
  expect(fewer.custom).toEqual({ ...custom, seats: 5, plan: undefined });
  expect(await found("custom.seats > 10 || has(custom.plan)")).toEqual([]);
});

test("a required field is asked of new customers, a unique one has one customer", async () => {
  const lin = await service.user();
  const older = await create(lin);
  await define(lin, { key: "code", type: Type.TEXT, required: true, unique: true });
  await expect(create(lin)).rejects.toMatchObject(violation("customer.custom.code"));
  const first = await create(lin, { custom: { code: "a" } });
  await expect(create(lin, { custom: { code: "a" } })).rejects.toMatchObject({
    reason: "CUSTOMER_EXISTS",
    ...violation("customer.custom.code"),
  });
  await expect(update(lin, first, {}, ["custom.code"])).rejects.toMatchObject(
    violation("customer.custom.code"),
  );
  expect((await update(lin, older, { industry: "tea" })).custom).toEqual({});
  await archive(lin, first.customerId);
  expect((await create(lin, { custom: { code: "a" } })).custom).toEqual({ code: "a" });
});

test("a definition changes in its labels and options only", async () => {
  const lin = await service.user();
  const options = [{ value: "FREE", labels: { en: "free" } }];
  const plan = await define(lin, { key: "plan", type: Type.ENUM, options, labels: { "zh-CN": "方案" } });
  await expect(define(lin, { key: "plan", type: Type.TEXT })).rejects.toMatchObject({
    reason: "FIELD_EXISTS",
  });
  await expect(define(lin, { key: "Plan!", type: Type.TEXT })).rejects.toMatchObject(
    violation("field_definition.key"),
  );
  await expect(change(lin, plan, { key: "scheme" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expect(change(lin, plan, { options: [{ value: "TEAM", labels: {} }] })).rejects.toMatchObject({
    reason: "OPTION_KEPT",
  });
  const grown = await change(lin, plan, {
    options: [...options, { value: "TEAM", labels: {} }],
    labels: { en: "plan" },
  });
  expect(grown).toMatchObject({ labels: { en: "plan" }, etag: "2" });
  expect((await create(lin, { custom: { plan: "TEAM" } })).custom).toEqual({ plan: "TEAM" });
  await define(lin, { key: "area", type: Type.TEXT });
  const { fieldDefinitions } = await lin.call(
    FieldDefinitionServiceService.listFieldDefinitions,
    ListFieldDefinitionsRequest.fromPartial({}),
  );
  expect(fieldDefinitions.map(({ key }) => key)).toEqual(["area", "plan"]);
  const { fieldDefinitionId } = grown;
  expect(await lin.call(FieldDefinitionServiceService.getFieldDefinition, { fieldDefinitionId })).toEqual(
    grown,
  );
  expect((await service.events(lin.tenantId)).map(({ type }) => type)).toEqual([
    "FieldDefined",
    "FieldChanged",
    "CustomerRegistered",
    "FieldDefined",
  ]);
});

test("R011 the category tree never has a circle, also when two move at once", async () => {
  const lin = await service.user();
  const trade = await createCategory(lin, "Trade");
  const retail = await createCategory(lin, "Retail", trade.categoryId);
  const move = (categoryId: string, parentCategoryId: string, etag: string) =>
    lin.call(
      CategoryServiceService.updateCategory,
      UpdateCategoryRequest.fromPartial({ category: { categoryId, parentCategoryId }, etag }),
    );
  await expect(move(trade.categoryId, retail.categoryId, "1")).rejects.toMatchObject({
    reason: "CATEGORY_CIRCLE",
  });
  await expect(move(trade.categoryId, trade.categoryId, "1")).rejects.toMatchObject({
    reason: "CATEGORY_CIRCLE",
  });
  const nobody = "01970000-0000-7000-8000-000000000001";
  await expect(move(retail.categoryId, nobody, "1")).rejects.toMatchObject({ reason: "UNKNOWN_CATEGORY" });
  await expect(createCategory(lin, "Lost", nobody)).rejects.toMatchObject({ reason: "UNKNOWN_CATEGORY" });

  for (let round = 0; round < 10; round++) {
    const [a, b] = await Promise.all([createCategory(lin, "A"), createCategory(lin, "B")]);
    const moves = [move(a.categoryId, b.categoryId, "1"), move(b.categoryId, a.categoryId, "1")];
    const outcomes = await Promise.allSettled(moves);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { reason: "CATEGORY_CIRCLE" },
    });
  }
});
