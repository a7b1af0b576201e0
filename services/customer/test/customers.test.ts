import {
  AddTagsRequest,
  ChangeCustomerClassRequest,
  ChangeGradeRequest,
  ChangeLifecycleStageRequest,
  ChangeOwnerRequest,
  ChangeRelationshipLevelRequest,
  ListCustomerHistoryRequest,
  ReclassifyCustomersRequest,
  RecordConsentRequest,
  RemoveTagsRequest,
  RestoreCustomerRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import {
  Channel,
  Consent_State,
  ContactPoint_Kind as PointKind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  Customer_State,
  CustomerClass,
  Grade,
  LifecycleStage,
  PartyRole,
  Preferences,
  RelationshipLevel,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { expect, test } from "vitest";
import { email, phone } from "./builders.ts";
import { archive, create, createCategory, createFirm, list, read, update } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();

const said = async (tenantId: string) => (await service.events(tenantId)).map(({ type }) => type);
const violation = (field: string) => ({ violations: [expect.objectContaining({ field })] });

test("R001 a created customer is readable, and CustomerRegistered is said once", async () => {
  const lin = await service.user();
  const created = await create(lin, {
    displayName: "李娜",
    contactPoints: [phone("138 0013 8000"), email("Li.Na@Example.com")],
    partyRoles: [PartyRole.BUYER],
    preferences: { preferredChannel: Channel.WECHAT, language: "zh-CN", topics: ["tea"] },
    addresses: [{ regionCode: "CN", locality: "上海", addressLines: ["南京路 1 号"] }],
    birthDate: { year: 0, month: 5, day: 17 },
    tags: ["vip", "east"],
    ownerId: lin.userId,
  });
  expect(created.contactPoints.map(({ normalised }) => normalised)).toEqual([
    "+8613800138000",
    "li.na@example.com",
  ]);
  expect(created).toMatchObject({
    etag: "1",
    state: Customer_State.ACTIVE,
    lifecycleStage: LifecycleStage.PROSPECT,
    city: "上海",
    tags: ["east", "vip"],
    core: true,
  });
  expect(await read(lin, created.customerId)).toEqual(created);

  const [event, ...others] = await service.events(lin.tenantId);
  expect(others).toEqual([]);
  expect(event).toMatchObject({
    type: "CustomerRegistered",
    meta: {
      aggregateId: created.customerId,
      customerId: created.customerId,
      version: 1,
      actor: { id: lin.userId, name: "Lin" },
    },
    state: { displayName: "李娜", lifecycleStage: "LIFECYCLE_STAGE_PROSPECT", etag: "1" },
    previous: {},
  });
  await service.settled();
  expect(await said(lin.tenantId)).toEqual(["CustomerRegistered"]);
});

test("R001 the day of creation is the tenant's", async () => {
  const [east, west] = await Promise.all([
    service.user({ timeZone: "Pacific/Kiritimati" }),
    service.user({ timeZone: "Pacific/Pago_Pago" }),
  ]);
  const [a, b] = await Promise.all([create(east), create(west)]);
  const day = ({ year, month, day: date }: { year: number; month: number; day: number }) =>
    Date.UTC(year, month - 1, date);
  expect(day(a.createDate!)).toBeGreaterThan(day(b.createDate!));
});

test("R002 source and first touch are kept, whoever sends others", async () => {
  const lin = await service.user();
  const source = {
    channel: Source_Channel.TRADE_SHOW,
    detail: "stand 7",
    campaign: "spring",
    firstTouchTime: new Date("2026-01-02T03:04:05.678Z"),
  };
  const created = await create(lin, { source });
  expect(created.source).toEqual(source);
  const never = violation("update_mask");
  await expect(update(lin, created, { source: { ...source, campaign: "autumn" } })).rejects.toMatchObject(
    never,
  );
  await expect(update(lin, created, { source: { campaign: "autumn" } }, ["source"])).rejects.toMatchObject(
    never,
  );
  await expect(
    update(lin, created, { source: { campaign: "autumn" } }, ["source.campaign"]),
  ).rejects.toMatchObject(never);
  const renamed = await update(lin, created, { ...created, displayName: "张三丰" });
  expect(renamed.source).toEqual(source);
  expect((await create(lin, { displayName: "李四" })).source).toMatchObject({
    channel: 0,
    firstTouchTime: expect.any(Date),
  });
});

test("R008 what is wrong is refused with its field, and nothing is written", async () => {
  const lin = await service.user();
  const wrong: [string, object][] = [
    ["customer.contact_points[0].value", { contactPoints: [phone("12")] }],
    ["customer.contact_points[1]", { contactPoints: [phone("13800138000"), email("not an address")] }],
    ["customer.display_name", { displayName: "" }],
    ["customer.display_name", { displayName: "x".repeat(201) }],
    ["customer.display_name", { displayName: "a\0b" }],
    ["customer.kind", { kind: 0 }],
    ["customer.credit_code", { kind: 2, creditCode: "914403001922038217" }],
    ["customer.credit_code", { kind: 2, creditCode: "short" }],
    ["customer.custom.nothing", { custom: { nothing: 1 } }],
    ["customer.external_ids[0].system", { externalIds: [{ system: "ERP!", id: "1" }] }],
    ["customer.addresses[0]", { addresses: [{ regionCode: "China" }] }],
    ["customer.category_id", { categoryId: "no id" }],
    ["customer.owner_id", { ownerId: "01970000-0000-7000-8000-000000000001" }],
    [
      "customer.preferences.contact_hours[0]",
      { preferences: { contactHours: [{ days: [1], from: "12:00", until: "09:00" }] } },
    ],
  ];
  for (const [field, sent] of wrong) {
    await expect(create(lin, sent), field).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      ...violation(field),
    });
  }
  expect((await list(lin, { includeArchived: true })).customers).toEqual([]);
  expect(await said(lin.tenantId)).toEqual([]);
});

test("R008 completeness is computed and can be listed by", async () => {
  const lin = await service.user();
  const poor = await create(lin);
  const rich = await create(lin, { contactPoints: [phone("13800138000")], partyRoles: [PartyRole.BUYER] });
  expect([poor.completeness, rich.completeness]).toEqual([0, 25]);
  const { customers } = await list(lin, { orderBy: "completeness desc" });
  expect(customers.map(({ completeness }) => completeness)).toEqual([25, 0]);
  expect(
    (await list(lin, { filter: "completeness < 20" })).customers.map(({ customerId }) => customerId),
  ).toEqual([poor.customerId]);
  const filled = await update(lin, poor, { contactPoints: [email("a@example.com")] });
  expect(filled.completeness).toBe(15);
});

test("R011 an archived customer is absent from lists unless asked for, and comes back whole", async () => {
  const lin = await service.user();
  const [stays, goes] = [await create(lin), await create(lin, { displayName: "李四", tags: ["vip"] })];
  const archived = await archive(lin, goes.customerId, { reason: "moved away" });
  expect(archived).toMatchObject({ state: Customer_State.ARCHIVED, etag: "2" });
  expect(await archive(lin, goes.customerId)).toEqual(archived);
  const ids = async (includeArchived: boolean) =>
    (await list(lin, { includeArchived })).customers.map(({ customerId }) => customerId);
  expect(await ids(false)).toEqual([stays.customerId]);
  expect(await ids(true)).toEqual([stays.customerId, goes.customerId]);
  expect(await read(lin, goes.customerId)).toEqual(archived);

  const request = RestoreCustomerRequest.fromPartial({ customerId: goes.customerId, reason: "back" });
  const restored = await lin.call(CustomerServiceService.restoreCustomer, request);
  expect(restored).toEqual({ ...goes, etag: "3", updateTime: restored.updateTime });
  expect(await ids(false)).toEqual([stays.customerId, goes.customerId]);
  const events = (await service.events(lin.tenantId)).filter(
    ({ meta }) => meta.aggregateId === goes.customerId,
  );
  expect(events.map(({ type, message }) => [type, message.reason])).toEqual([
    ["CustomerRegistered", undefined],
    ["CustomerArchived", "moved away"],
    ["CustomerRestored", "back"],
  ]);
});

test("R011 reclassifying is one event for each customer, all or none, and stays in the history", async () => {
  const lin = await service.user();
  const trade = await createCategory(lin, "Trade");
  const [a, b, c] = await Promise.all([
    create(lin),
    create(lin),
    create(lin, { categoryId: trade.categoryId }),
  ]);
  const put = (customerIds: string[], categoryId: string) =>
    lin.call(
      CustomerServiceService.reclassifyCustomers,
      ReclassifyCustomersRequest.fromPartial({ customerIds, categoryId, reason: "yearly review" }),
    );
  const ids = [c.customerId, a.customerId, b.customerId];
  const nobody = "01970000-0000-7000-8000-000000000001";
  await expect(put([...ids, nobody], trade.categoryId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(put(ids, nobody)).rejects.toMatchObject({ reason: "UNKNOWN_CATEGORY" });
  expect((await list(lin, { filter: `category_id == "${trade.categoryId}"` })).customers).toHaveLength(1);

  const { customers } = await put(ids, trade.categoryId);
  expect(customers.map(({ customerId, etag }) => [customerId, etag])).toEqual([
    [c.customerId, "1"],
    [a.customerId, "2"],
    [b.customerId, "2"],
  ]);
  const moved = (await service.events(lin.tenantId)).filter(({ type }) => type === "CustomerReclassified");
  expect(moved.map(({ meta }) => meta.aggregateId).sort()).toEqual([a.customerId, b.customerId].sort());
  expect((await list(lin, { filter: `category_id == "${trade.categoryId}"` })).customers).toHaveLength(3);

  const { entries } = await lin.call(
    CustomerServiceService.listCustomerHistory,
    ListCustomerHistoryRequest.fromPartial({ customerId: a.customerId, pageSize: 1 }),
  );
  expect(entries).toMatchObject([
    {
      field: "category_id",
      oldValue: "",
      newValue: trade.categoryId,
      reason: "yearly review",
      actor: { id: lin.userId, name: "Lin" },
    },
  ]);
});

test("R011 tags are added and removed, and can be asked for", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin, { tags: ["vip"] });
  await create(lin);
  const add = (...tags: string[]) =>
    lin.call(CustomerServiceService.addTags, AddTagsRequest.fromPartial({ customerId, tags }));
  expect((await add("east", "vip")).tags).toEqual(["east", "vip"]);
  expect((await add("east")).etag).toBe("2");
  const removed = await lin.call(
    CustomerServiceService.removeTags,
    RemoveTagsRequest.fromPartial({ customerId, tags: ["vip", "west"] }),
  );
  expect(removed).toMatchObject({ tags: ["east"], etag: "3" });
  const tagged = async (tag: string) => (await list(lin, { filter: `"${tag}" in tags` })).customers.length;
  expect([await tagged("east"), await tagged("vip")]).toEqual([1, 0]);
  const facts = (await service.events(lin.tenantId)).filter(({ type }) => type === "CustomerTagged");
  expect(facts.map(({ message }) => [message.addedTags, message.removedTags])).toEqual([
    [["east"], undefined],
    [undefined, ["vip"]],
  ]);
  await expect(update(lin, removed, { tags: ["north"] })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("R014 of two writers on one etag exactly one is told to read again", async () => {
  const lin = await service.user();
  const created = await create(lin);
  const outcomes = await Promise.allSettled([
    update(lin, created, { industry: "tea" }),
    update(lin, created, { industry: "silk" }),
  ]);
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused).toMatchObject([{ reason: { code: "ABORTED", reason: "ETAG_MISMATCH" } }]);
  expect((await read(lin, created.customerId)).etag).toBe("2");
  expect(await said(lin.tenantId)).toEqual(["CustomerRegistered", "CustomerChanged"]);
  await expect(update(lin, { ...created, etag: "" }, { industry: "tea" })).rejects.toMatchObject({
    reason: "ETAG_REQUIRED",
  });
  await expect(archive(lin, created.customerId, { etag: "1" })).rejects.toMatchObject({
    reason: "ETAG_MISMATCH",
  });
});

test("R044 one party may buy and supply, and is core then", async () => {
  const lin = await service.user();
  const firm = await createFirm(lin, { partyRoles: [PartyRole.COMPETITOR] });
  expect(firm.core).toBe(false);
  const both = await update(lin, firm, { partyRoles: [PartyRole.BUYER, PartyRole.SUPPLIER] });
  expect(both).toMatchObject({ partyRoles: [PartyRole.BUYER, PartyRole.SUPPLIER], core: true });
  const found = async (filter: string) => (await list(lin, { filter })).customers.length;
  expect(await found('core && "SUPPLIER" in party_roles && "BUYER" in party_roles')).toBe(1);
  expect(await found('"COMPETITOR" in party_roles')).toBe(0);
  await expect(update(lin, both, { partyRoles: [PartyRole.BUYER, PartyRole.BUYER] })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
});

test("stage, class, grade and level change by verbs of their own, with event, time and history", async () => {
  const lin = await service.user();
  const created = await create(lin);
  const { customerId } = created;
  const verb = { customerId, reason: "review" };
  const rpc = CustomerServiceService;
  await lin.call(
    rpc.changeLifecycleStage,
    ChangeLifecycleStageRequest.fromPartial({ ...verb, lifecycleStage: LifecycleStage.GROWTH, force: true }),
  );
  await lin.call(
    rpc.changeCustomerClass,
    ChangeCustomerClassRequest.fromPartial({ ...verb, customerClass: CustomerClass.CURRENT }),
  );
  await lin.call(rpc.changeGrade, ChangeGradeRequest.fromPartial({ ...verb, grade: Grade.A }));
  const last = await lin.call(
    rpc.changeRelationshipLevel,
    ChangeRelationshipLevelRequest.fromPartial({
      ...verb,
      relationshipLevel: RelationshipLevel.PARTNER,
      force: true,
    }),
  );
  const again = await lin.call(rpc.changeGrade, ChangeGradeRequest.fromPartial({ ...verb, grade: Grade.A }));
  expect(again).toEqual(last);
  expect(last).toMatchObject({
    lifecycleStage: LifecycleStage.GROWTH,
    customerClass: CustomerClass.CURRENT,
    grade: Grade.A,
    relationshipLevel: RelationshipLevel.PARTNER,
    etag: "5",
  });
  expect(last.lifecycleStageSinceTime!.getTime()).toBeGreaterThan(created.createTime!.getTime());
  await expect(
    lin.call(rpc.changeGrade, ChangeGradeRequest.fromPartial({ customerId, grade: Grade.B })),
  ).rejects.toMatchObject(violation("reason"));
  await expect(update(lin, last, { grade: Grade.D })).rejects.toMatchObject(violation("update_mask"));

  const events = (await service.events(lin.tenantId)).slice(1);
  expect(events.map(({ type, message }) => [type, message.reason])).toEqual([
    ["LifecycleStageChanged", "review"],
    ["CustomerClassChanged", "review"],
    ["GradeChanged", "review"],
    ["RelationshipLevelChanged", "review"],
  ]);
  expect(events[0]).toMatchObject({
    changedFields: ["lifecycle_stage", "lifecycle_stage_since_time", "update_time"],
    previous: { lifecycleStage: "LIFECYCLE_STAGE_PROSPECT" },
    state: { lifecycleStage: "LIFECYCLE_STAGE_GROWTH" },
  });
  const { entries } = await lin.call(
    rpc.listCustomerHistory,
    ListCustomerHistoryRequest.fromPartial({ customerId }),
  );
  expect(entries.map(({ field, oldValue, newValue }) => [field, oldValue, newValue]).slice(0, 4)).toEqual([
    ["relationship_level", "", "PARTNER"],
    ["grade", "", "A"],
    ["customer_class", "POTENTIAL", "CURRENT"],
    ["lifecycle_stage", "PROSPECT", "GROWTH"],
  ]);
  expect(
    (await list(lin, { filter: 'grade == "A" && lifecycle_stage in ["GROWTH"]' })).customers,
  ).toHaveLength(1);
});

test("an owner is a user of the company, and a customer without one is in the public pool", async () => {
  const lin = await service.user();
  const wang = await service.user({ tenantId: lin.tenantId });
  const [gone, stranger] = [
    await service.user({ tenantId: lin.tenantId, active: false }),
    await service.user(),
  ];
  const { customerId } = await create(lin, { ownerId: lin.userId });
  const give = (ownerId: string) =>
    lin.call(
      CustomerServiceService.changeOwner,
      ChangeOwnerRequest.fromPartial({ customerId, ownerId, reason: "hand-over" }),
    );
  expect((await give(wang.userId)).ownerId).toBe(wang.userId);
  expect((await list(lin, { filter: `owner_id == "${wang.userId}"` })).customers).toHaveLength(1);
  expect((await give("")).ownerId).toBe("");
  expect((await list(lin, { filter: "!has(owner_id)" })).customers).toHaveLength(1);
  for (const nobody of [gone.userId, stranger.userId]) {
    await expect(give(nobody)).rejects.toMatchObject({ reason: "UNKNOWN_OWNER", ...violation("owner_id") });
  }
  expect(await said(lin.tenantId)).toEqual(["CustomerRegistered", "OwnerChanged", "OwnerChanged"]);
});

test("consents are told for each channel and purpose", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  const say = (state: Consent_State, time?: Date) =>
    lin.call(
      CustomerServiceService.recordConsent,
      RecordConsentRequest.fromPartial({
        customerId,
        consent: {
          channel: Channel.EMAIL,
          purpose: "marketing",
          state,
          evidence: "web form",
          ...(time && { time }),
        },
      }),
    );
  const spoken = new Date("2026-01-02T03:04:05.678Z");
  expect((await say(Consent_State.GRANTED, spoken)).consents).toMatchObject([
    { state: Consent_State.GRANTED, time: spoken },
  ]);
  expect((await say(Consent_State.WITHDRAWN)).consents).toMatchObject([{ state: Consent_State.WITHDRAWN }]);
  await expect(say(Consent_State.GRANTED, spoken)).rejects.toMatchObject({ reason: "CONSENT_OUTDATED" });
  const told = (await service.events(lin.tenantId)).filter(({ type }) => type === "ConsentChanged");
  expect(told.map(({ message }) => message.consent)).toMatchObject([
    { state: "STATE_GRANTED" },
    { state: "STATE_WITHDRAWN" },
  ]);
});

test("an update takes what the mask names, and no more", async () => {
  const lin = await service.user();
  const created = await create(lin, {
    legalName: "张三丰",
    industry: "tea",
    contactPoints: [phone("13800138000")],
  });
  const cleared = await update(lin, created, { displayName: "Zhang" }, ["display_name", "legal_name"]);
  expect(cleared).toMatchObject({ displayName: "Zhang", legalName: "", industry: "tea" });
  expect(await update(lin, cleared, { displayName: "Zhang" })).toEqual(cleared);
  for (const mask of ["*", "nothing", "state", "customer_id", "core", "contact_points.value"]) {
    await expect(update(lin, cleared, {}, [mask]), mask).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  }
  const empty = { kind: PointKind.PHONE, value: "12", normalised: "", label: "", primary: false };
  await expect(update(lin, cleared, { contactPoints: [empty] })).rejects.toMatchObject(
    violation("customer.contact_points[0].value"),
  );
  await expect(update(lin, cleared, { displayName: "" }, ["display_name"])).rejects.toMatchObject(
    violation("customer.display_name"),
  );
  expect(await said(lin.tenantId)).toEqual(["CustomerRegistered", "CustomerChanged"]);
});

test("one field of a part that was not there is set, the others as where nobody had said anything", async () => {
  const lin = await service.user();
  const before = await create(lin, {});
  const after = await update(lin, before, { preferences: { language: "zh-CN" } }, ["preferences.language"]);
  expect(after.preferences).toEqual(Preferences.fromPartial({ language: "zh-CN" }));
});
