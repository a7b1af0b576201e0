import {
  Customer_Kind as Kind,
  CustomerClass,
  Grade,
  LifecycleStage as Stage,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  ChangeCustomerClassRequest,
  ListCustomerHistoryRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { FieldDefinition_Type } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import { ImportServiceService } from "@guanxi/contract/guanxi/customer/v1/import_service";
import {
  Import_State,
  ListImportKindsRequest,
  PreviewImportRequest,
} from "@guanxi/contract/guanxi/imports/v1/import";
import { Actor_Kind, Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { User, User_State } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { UserJoined } from "@guanxi/contract/guanxi/identity/v1/user_events";
import type { TestUser } from "@guanxi/testkit/service";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, create, createCategory, createFirm, define, list, read, update } from "./calls.ts";
import { counts, importing } from "./imports.ts";
import { giveTo, moveTo, writeLifecyclePolicy, writePoolPolicy } from "./lifecycle-calls.ts";
import { merge } from "./merge-calls.ts";
import { checked } from "./segment-calls.ts";
import { customerService } from "./service.ts";
import { startTeller } from "./teller.ts";

const service = customerService();
const { take, undo, failures } = importing(service);
let identity: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  identity = await startTeller("identity", service.nats.url, [User as never]);
});
afterAll(() => identity.stop());

async function colleague(user: TestUser, displayName: string, more: object = {}): Promise<string> {
  const userId = randomUUID();
  const state = User.fromPartial({ userId, displayName, state: User_State.ACTIVE, ...more });
  await identity.tell(user.tenantId, User, userId, UserJoined, state);
  await identity.published();
  await service.settled();
  return userId;
}

const all = async (user: TestUser) => (await list(user, { pageSize: 200, includeArchived: true })).customers;
const only = async (user: TestUser) => {
  const [customer, ...others] = await all(user);
  expect(others).toEqual([]);
  return customer!;
};

test("a file with Chinese headers in GB18030 becomes customers with all that it says", async () => {
  const lin = await service.user();
  const chen = await colleague(lin, "陈静", { email: "Chen@Example.com" });
  const category = await createCategory(lin, "重点客户");
  await define(lin, { key: "seats", type: FieldDefinition_Type.NUMBER, labels: { zh: "座位数" } });
  await define(lin, { key: "rate", type: FieldDefinition_Type.DECIMAL, labels: { zh: "费率" } });
  const columns =
    "客户编号,客户名称,统一社会信用代码,手机,邮箱,省份,城市,地址,邮编,国家,行业,标签,负责人,客户分类,客户等级,生命周期,来源,座位数,费率,备注";
  const row =
    "K-7,北京华新有限公司,914403001922038216,13800138000,info@huaxin.example,北京,海淀,中关村大街1号,100080,中国,软件,重点;老客户，VIP,陈静,重点客户,A,提升期,展会,250,12.50,见附件";
  // The text in GB18030, by its table of two bytes, as Node decodes it and does not encode it.
  const it = await take(lin, "customer", gb18030(`${columns}\r\n${row}\r\n`), { fileName: "客户.csv" });
  expect(it).toMatchObject({ state: Import_State.COMPLETED, unmappedColumns: ["备注"] });
  expect(it.format?.encoding).toBe("gb18030");
  expect(counts(it)).toEqual([1, 1, 0, 0, 0]);
  expect(await only(lin)).toMatchObject({
    kind: Kind.ORGANISATION,
    displayName: "北京华新有限公司",
    creditCode: "914403001922038216",
    contactPoints: [
      { kind: PointKind.EMAIL, value: "info@huaxin.example" },
      { kind: PointKind.PHONE, normalised: "+8613800138000", label: "mobile" },
    ],
    addresses: [
      {
        regionCode: "CN",
        administrativeArea: "北京",
        locality: "海淀",
        postalCode: "100080",
        addressLines: ["中关村大街1号"],
      },
    ],
    industry: "软件",
    tags: ["VIP", "老客户", "重点"],
    ownerId: chen,
    categoryId: category.categoryId,
    grade: Grade.A,
    lifecycleStage: Stage.GROWTH,
    source: { channel: Source_Channel.TRADE_SHOW },
    custom: { seats: 250, rate: "12.5" },
    externalIds: [{ system: "crm", id: "K-7" }],
  });
  const [event] = (await service.events(lin.tenantId)).filter(({ type }) => type.startsWith("Customer"));
  expect(event).toMatchObject({
    type: "CustomerRegistered",
    meta: {
      origin: Origin.IMPORT,
      importId: it.importId,
      actor: { kind: Actor_Kind.IMPORT, name: "客户.csv" },
      initiator: { kind: Actor_Kind.USER, id: lin.userId },
    },
  });
});

const FIRMS = `ID,Account Name,Phone,Industry,Tags
1,Acme,+1 212 555 0100,Tools,a;b
2,Globex,,Energy,
3,Initech,010-62250001,Software,c`;

test("the same file again changes nothing, another one of the system changes what it says and nothing else", async () => {
  const lin = await service.user();
  const first = await take(lin, "customer", FIRMS);
  expect(counts(first)).toEqual([3, 3, 0, 0, 0]);
  const again = await take(lin, "customer", FIRMS);
  expect(counts(again)).toEqual([3, 0, 0, 3, 0]);
  expect(await service.events(lin.tenantId)).toHaveLength(3);

  const acme = (await all(lin)).find(({ displayName }) => displayName === "Acme")!;
  const other = { kind: PointKind.WECHAT, value: "acme-wx", label: "", primary: false, normalised: "" };
  await update(lin, acme, { contactPoints: [...acme.contactPoints, other] });
  const next = await take(lin, "customer", "ID,Phone,Industry\n1,+1 212 555 0100,Machines\n2,,Energy\n");
  expect(counts(next)).toEqual([2, 0, 1, 1, 0]);
  expect(await read(lin, acme.customerId)).toMatchObject({
    displayName: "Acme",
    industry: "Machines",
    contactPoints: [{ value: "+1 212 555 0100" }, { value: "acme-wx" }],
    tags: ["a", "b"],
  });
  const cleared = await take(lin, "customer", "ID,Phone,Industry\n1,,\n");
  expect(counts(cleared)).toEqual([1, 0, 1, 0, 0]);
  expect(await read(lin, acme.customerId)).toMatchObject({
    industry: "",
    contactPoints: [{ value: "acme-wx" }],
  });
  expect(counts(await take(lin, "customer", FIRMS, { sourceSystem: "erp" }))).toEqual([3, 3, 0, 0, 0]);
});

test("R007 the same company by two channels is one customer with two identities and its first source", async () => {
  const lin = await service.user();
  const web = await take(lin, "customer", "ID,Name,Source\nw1,Acme,Web Form\n", { sourceSystem: "web" });
  expect(counts(web)).toEqual([1, 1, 0, 0, 0]);
  const { customerId, externalIds, ...customer } = await only(lin);
  await update(
    lin,
    { ...customer, customerId, externalIds },
    { externalIds: [...externalIds, { system: "shop", id: "s9" }] },
  );
  const shop = await take(lin, "customer", "ID,Name,Source\ns9,Acme,Trade Show\n", { sourceSystem: "shop" });
  expect(counts(shop)).toEqual([1, 0, 0, 1, 0]);
  expect(await only(lin)).toMatchObject({
    externalIds: [{ system: "web" }, { system: "shop" }],
    source: { channel: Source_Channel.WEB_FORM },
  });
});

test("R008 each refused row names its column and reason, and the others arrive", async () => {
  const lin = await service.user();
  await createFirm(lin, { displayName: "Taken", creditCode: "91110000802100433B" });
  const rows = [
    "ID,Name,Email,Mobile,Credit Code,Country,Birthday,Grade,First Name",
    "1,Good,good@example.com,13800138000,,China,,B,",
    "2,Bad mail,not an address,,,,,,",
    "3,Bad phone,,12345,,,,,",
    "4,Bad code,,,914403001922038217,,,,",
    "5,Taken code,,,91110000802100433B,,,,",
    "6,Twice,,,914403001922038216,,,,",
    "7,Twice more,,,914403001922038216,,,,",
    "8,Nowhere,,,,Atlantis,,,",
    "9,Unborn,,,,,2999-01-01,,张",
    "10,Graded,,,,,,Z,",
    "11,,,,,,,,",
    `12,${"x".repeat(201)},,,,,,,`,
  ];
  const it = await take(lin, "customer", rows.join("\n"));
  expect(it.state).toBe(Import_State.COMPLETED_WITH_ERRORS);
  expect(counts(it)).toEqual([12, 2, 0, 0, 10]);
  const said = (await failures(lin, it.importId)).split("\r\n").slice(1);
  const expected = [
    [2, /Email/, "INVALID_VALUE"],
    [3, /Mobile.*must be a phone number/, "INVALID_VALUE"],
    [4, /Credit Code.*check digit/, "INVALID_VALUE"],
    [5, /Credit Code/, "CUSTOMER_EXISTS"],
    [7, /Credit Code/, "CUSTOMER_EXISTS"],
    [8, /Country.*Atlantis is no country/, "UNKNOWN_VALUE"],
    [9, /Birthday/, "INVALID_VALUE"],
    [10, /Grade/, "UNKNOWN_VALUE"],
    [11, /names nobody/, "MISSING_VALUE"],
    [12, /Name.*200/, "INVALID_VALUE"],
  ] as const;
  for (const [index, [id, text, reason]] of expected.entries()) {
    expect(said[index]).toMatch(new RegExp(`^${id},`));
    expect(said[index]).toMatch(text);
    expect(said[index]).toContain(reason);
  }
});

test("an owner is named by name, e-mail address or id; unknown ones are refused with the nearest, ambiguous ones too", async () => {
  const lin = await service.user();
  const darcel = await colleague(lin, "Darcel Schlecht", { email: "darcel@example.com" });
  const [one] = [await colleague(lin, "王磊"), await colleague(lin, "王磊")];
  await colleague(lin, "Gone Away", { state: User_State.DEACTIVATED });
  const rows = [
    "ID,Name,Owner",
    "1,a,darcel  SCHLECHT",
    "2,b,Darcel@Example.com",
    `3,c,${one}`,
    "4,d,",
    "5,e,Darcel Schlect",
    "6,f,王磊",
    "7,g,Gone Away",
  ];
  const it = await take(lin, "customer", rows.join("\n"), { mapping: { Owner: "owner" } });
  expect(counts(it)).toEqual([7, 4, 0, 0, 3]);
  const owners = new Map((await all(lin)).map(({ displayName, ownerId }) => [displayName, ownerId]));
  expect(Object.fromEntries(owners)).toEqual({ a: darcel, b: darcel, c: one, d: "" });
  const said = await failures(lin, it.importId);
  expect(said).toMatch(/5,e,.*UNKNOWN_REFERENCE.*did you mean Darcel Schlecht\?/);
  expect(said).toMatch(/6,f,.*AMBIGUOUS_REFERENCE/);
  expect(said).toMatch(/7,g,.*UNKNOWN_REFERENCE/);

  const mended = rows.map((row) =>
    row.replace("Darcel Schlect", "Darcel Schlecht").replace(/^([67]),(.),.*/, "$1,$2,"),
  );
  expect(counts(await take(lin, "customer", mended.join("\n"), { mapping: { Owner: "owner" } }))).toEqual([
    7, 3, 0, 4, 0,
  ]);
});

test("an import gives nobody away, and no customer, for whom a request would not", async () => {
  const lin = await service.user();
  await take(lin, "customer", "ID,Name,Credit Code\n1,Acme Ltd,91110000600037341L\n", {
    mapping: { "Credit Code": "credit_code" },
  });
  const grants = ["customer", "contact"].flatMap((resource) =>
    ["create", "update"].map((action) => ({ resource, action })),
  );
  const clerk = await service.user({
    tenantId: lin.tenantId,
    grants: [...grants, { resource: "customer_import", action: "*" }],
  });
  await expect(
    take(clerk, "customer", "ID,Name,Owner\n1,Acme Ltd,Darcel Schlecht\n", { mapping: { Owner: "owner" } }),
  ).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("customer:change_owner"),
  });
  const alike = await take(clerk, "contact", "ID,Name,Company\n1,Ann,Acme Ltd.\n");
  expect(counts(alike)).toEqual([1, 0, 0, 0, 1]);
  expect(await failures(clerk, alike.importId)).toMatch(/UNKNOWN_REFERENCE.*add it first/);
  const taken = await take(clerk, "customer", "ID,Name,Credit Code\n2,Acme,91110000600037341L\n", {
    mapping: { "Credit Code": "credit_code" },
  });
  expect(await failures(clerk, taken.importId)).toMatch(/CUSTOMER_EXISTS.*belongs to another customer/);
});

test("a person's name is told by its parts, and a grade of a file is a person's word", async () => {
  const lin = await service.user();
  const rows = [
    "First Name,Last Name,Company,Country,Birthday,Grade",
    "Jean,Cross,Acme,UK,1980-03-22,C",
    "伟,张,华新,中国,,",
    ",,Globex,,,",
  ];
  const it = await take(lin, "customer", rows.join("\n"));
  expect(counts(it)).toEqual([3, 3, 0, 0, 0]);
  const customers = await all(lin);
  expect(new Map(customers.map(({ displayName, kind }) => [displayName, kind]))).toEqual(
    new Map([
      ["Globex", Kind.ORGANISATION],
      ["Jean Cross", Kind.PERSON],
      ["张伟", Kind.PERSON],
    ] as const),
  );
  const jean = customers.find(({ displayName }) => displayName === "Jean Cross")!;
  expect(jean).toMatchObject({
    birthDate: { year: 1980, month: 3, day: 22 },
    addresses: [{ regionCode: "GB", organization: "Acme" }],
    grade: Grade.C,
    gradeSource: 1,
  });
  const { entries } = await lin.call(
    CustomerServiceService.listCustomerHistory,
    ListCustomerHistoryRequest.fromPartial({ customerId: jean.customerId }),
  );
  expect(entries.find(({ field }) => field === "grade")).toMatchObject({
    newValue: "C",
    actor: { kind: Actor_Kind.IMPORT, id: it.importId },
  });
});

test("undo takes back what a file made and changed, and leaves what others depend on or have changed since", async () => {
  const lin = await service.user();
  const old = await createFirm(lin, { displayName: "Old", externalIds: [{ system: "crm", id: "1" }] });
  const it = await take(
    lin,
    "customer",
    "ID,Name,Industry\n1,New,Tools\n2,Fresh,\n3,Touched,\n4,Employer,\n",
  );
  expect(counts(it)).toEqual([4, 3, 1, 0, 0]);
  const byName = new Map((await all(lin)).map((each) => [each.displayName, each]));
  await update(lin, byName.get("Touched")!, { industry: "tea" });
  await take(lin, "contact", "ID,Name,Company\n9,Li Na,4\n");
  const undone = await undo(lin, it.importId);
  expect(undone).toMatchObject({
    state: Import_State.UNDONE,
    undoCounts: { removedRecords: 1n, restoredRecords: 1n, keptRecords: 2n },
  });
  expect((await all(lin)).map(({ displayName }) => displayName).toSorted()).toEqual([
    "Employer",
    "Old",
    "Touched",
  ]);
  const { etag: _, updateTime: __, duplicateCandidates: ___, ...before } = old;
  expect(await read(lin, old.customerId)).toMatchObject(before);
  const removed = (await service.events(lin.tenantId)).find(({ type }) => type === "CustomerRemoved")!;
  expect(removed).toMatchObject({ state: {}, previous: { displayName: "Fresh" }, meta: { version: 2 } });
  const again = await take(lin, "customer", "ID,Name\n2,Fresh\n");
  expect(counts(again)).toEqual([1, 1, 0, 0, 0]);
});

/** Whoever is tagged so and has not bought is being won. */
const WON = [
  { name: "won", fromStages: [Stage.PROSPECT], toStage: Stage.ACQUISITION, condition: '"won" in tags' },
];
const byId = async (user: TestUser) =>
  new Map((await all(user)).map((customer) => [customer.externalIds[0]!.id, customer]));

test("undo is not kept back by what rules moved since, but by what somebody moved by hand", async () => {
  const lin = await service.user();
  await colleague(lin, "陈静");
  await writeLifecyclePolicy(service, lin, { rules: WON });
  const rows = ["moved", "stage", "class", "owner", "pool"].map((name) => `${name},${name},won,陈静`);
  const it = await take(lin, "customer", ["ID,Name,Tags,Owner", ...rows].join("\n"));
  await checked(service, lin.tenantId);
  const made = await byId(lin);
  expect([...made.values()].map(({ lifecycleStage }) => lifecycleStage)).toEqual(
    rows.map(() => Stage.ACQUISITION),
  );
  await moveTo(lin, made.get("stage")!.customerId, Stage.GROWTH);
  await judgeClass(lin, made.get("class")!.customerId, CustomerClass.TARGET);
  await giveTo(lin, made.get("owner")!.customerId, "");
  await recycle(lin, made.get("pool")!.customerId);
  expect(await undo(lin, it.importId)).toMatchObject({
    undoCounts: { removedRecords: 2n, restoredRecords: 0n, keptRecords: 3n },
  });
  expect([...(await byId(lin)).keys()].toSorted()).toEqual(["class", "owner", "stage"]);
});

test("undo restores what a file changed, and leaves what rules have found since", async () => {
  const lin = await service.user();
  await colleague(lin, "陈静");
  await writeLifecyclePolicy(service, lin, { rules: WON });
  const old = (id: string, more: object) =>
    createFirm(lin, { displayName: id, externalIds: [{ system: "crm", id }], ...more });
  const wrong = await old("wrong", {
    lifecycleStage: Stage.MATURITY,
    customerClass: CustomerClass.TARGET,
    ownerId: lin.userId,
  });
  const left = await old("left", {});
  const dated = await old("dated", { customerClass: CustomerClass.TARGET });
  await checked(service, lin.tenantId);
  await service.admin.query(
    "insert into customer_class_findings (tenant_id, customer_id, customer_class) values ($1, $2, 'TARGET')",
    [lin.tenantId, dated.customerId],
  );
  const file = [
    "ID,Name,Tags,Lifecycle Stage,Customer Class,Owner",
    "wrong,Wrong,won,PROSPECT,CURRENT,陈静",
    "left,Left,won,,,",
    "dated,Dated,,,CURRENT,",
  ];
  const it = await take(lin, "customer", file.join("\n"));
  expect(counts(it)).toEqual([3, 0, 3, 0, 0]);
  await checked(service, lin.tenantId);
  for (const { customerId } of [wrong, left])
    expect(await read(lin, customerId)).toMatchObject({ lifecycleStage: Stage.ACQUISITION });
  // Nobody works with it any more, so the facts say something else than they did.
  expect(await read(lin, dated.customerId)).toMatchObject({ customerClass: CustomerClass.POTENTIAL });
  expect(await undo(lin, it.importId)).toMatchObject({
    undoCounts: { removedRecords: 0n, restoredRecords: 3n, keptRecords: 0n },
  });
  await checked(service, lin.tenantId);
  const { displayName, lifecycleStage, lifecycleStageSinceTime, customerClass, ownerId, ownerSinceTime } =
    wrong;
  expect(await read(lin, wrong.customerId)).toMatchObject({
    ...{ displayName, lifecycleStage, lifecycleStageSinceTime, customerClass, ownerId, ownerSinceTime },
    completeness: wrong.completeness,
    tags: [],
  });
  expect(await read(lin, left.customerId)).toMatchObject({
    displayName: "left",
    lifecycleStage: Stage.ACQUISITION,
  });
  expect(await read(lin, dated.customerId)).toMatchObject({ customerClass: CustomerClass.POTENTIAL });
});

test("a stage that a later import changed keeps a customer, until that import is undone", async () => {
  const lin = await service.user();
  const take2 = (file: string) => take(lin, "customer", `ID,Name,Lifecycle Stage\n${file}`);
  const first = await take2("1,One,\n2,Two,\n");
  const second = await take2("1,One,GROWTH\n");
  const third = await take2("3,Three,\n");
  const fourth = await take2("3,Three,GROWTH\n");
  expect((await undo(lin, third.importId)).undoCounts).toMatchObject({ keptRecords: 1n });
  expect((await undo(lin, fourth.importId)).undoCounts).toMatchObject({ restoredRecords: 1n });
  expect((await undo(lin, second.importId)).undoCounts).toMatchObject({ restoredRecords: 1n });
  expect((await undo(lin, first.importId)).undoCounts).toMatchObject({ removedRecords: 2n, keptRecords: 0n });
});

test("the same file changes nothing though rules moved the customers since, whatever columns it has", async () => {
  const lin = await service.user();
  await colleague(lin, "陈静");
  await writeLifecyclePolicy(service, lin, { rules: WON });
  const plain = "ID,Name,Tags\n1,Plain,won\n";
  const said = (stage: string) =>
    `ID,Name,Tags,Owner,Lifecycle Stage,Customer Class\n2,Said,won,陈静,${stage},POTENTIAL\n`;
  for (const file of [plain, said("PROSPECT")]) await take(lin, "customer", file);
  await checked(service, lin.tenantId);
  const { customerId } = (await byId(lin)).get("2")!;
  await recycle(lin, customerId);
  const before = await all(lin);
  expect(before.map(({ lifecycleStage }) => lifecycleStage)).toEqual([Stage.ACQUISITION, Stage.ACQUISITION]);
  for (const file of [plain, said("PROSPECT")])
    expect(counts(await take(lin, "customer", file))).toEqual([1, 0, 0, 1, 0]);
  expect(await all(lin)).toEqual(before);

  // Something new is heard, and what is not new after a person has said something else.
  expect(counts(await take(lin, "customer", said("GROWTH")))).toEqual([1, 0, 1, 0, 0]);
  expect(await read(lin, customerId)).toMatchObject({ lifecycleStage: Stage.GROWTH, ownerId: "" });
  await moveTo(lin, customerId, Stage.MATURITY);
  expect(counts(await take(lin, "customer", said("GROWTH")))).toEqual([1, 0, 1, 0, 0]);
  expect(await read(lin, customerId)).toMatchObject({ lifecycleStage: Stage.GROWTH });
});

const judgeClass = (user: TestUser, customerId: string, customerClass: CustomerClass) =>
  user.call(
    CustomerServiceService.changeCustomerClass,
    ChangeCustomerClassRequest.fromPartial({ customerId, customerClass, reason: "review" }),
  );

/** Its owner has done nothing for a month, so it is in the pool. */
async function recycle(user: TestUser, customerId: string): Promise<void> {
  await service.admin.query(
    "update customers set owner_since_time = owner_since_time - interval '30 days' where customer_id = $1",
    [customerId],
  );
  await writePoolPolicy(service, user, { recycleWithoutContactDays: 10 });
  expect(await read(user, customerId)).toMatchObject({ ownerId: "" });
}

test("whoever may not create customers does not run a file of them, and nobody reads another company's", async () => {
  const lin = await service.user();
  const clerk = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "customer_import", action: "*" }],
  });
  await expect(take(clerk, "customer", FIRMS)).rejects.toMatchObject({ reason: "PERMISSION_DENIED" });
  const it = await take(lin, "customer", FIRMS);
  await expect(undo(await service.user(), it.importId)).rejects.toMatchObject({ reason: "NOT_FOUND" });
  await expect(take(lin, "order", FIRMS)).rejects.toMatchObject({ reason: "UNKNOWN_KIND" });
});

test("the kinds say what columns can be, with the company's own fields", async () => {
  const lin = await service.user();
  await define(lin, { key: "seats", type: FieldDefinition_Type.NUMBER, labels: { zh: "座位数" } });
  const { kinds } = await lin.call(
    ImportServiceService.listImportKinds,
    ListImportKindsRequest.fromPartial({}),
  );
  expect(kinds.map(({ kind }) => kind)).toEqual(["customer", "contact"]);
  const fields = new Map(kinds[0]!.fields.map((field) => [field.name, field]));
  expect(fields.get("custom.seats")).toMatchObject({ type: "number", headers: ["seats", "座位数"] });
  expect(fields.get("grade")?.values).toContain("A");
  for (const { fields: each } of kinds) expect(new Set(each.map(({ name }) => name)).size).toBe(each.length);
});

test("an archived customer is found again and stays in the archive, and one's kind never changes", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin, { externalIds: [{ system: "crm", id: "1" }] });
  await archive(lin, customerId);
  const it = await take(lin, "customer", "ID,Name,Kind\n1,李四,\n");
  expect(counts(it)).toEqual([1, 0, 1, 0, 0]);
  expect(await only(lin)).toMatchObject({ displayName: "李四", kind: Kind.PERSON, state: 2 });
  const wrong = await take(lin, "customer", "ID,Name,Kind\n1,李四,企业\n");
  expect(counts(wrong)).toEqual([1, 0, 0, 0, 1]);
  expect(await failures(lin, wrong.importId)).toMatch(/Kind.*never changes/);
});

/** Each character of two bytes by what it decodes to; ASCII is itself. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder("gb18030");
  const pairs = new Map<string, Buffer>();
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const bytes = Buffer.from([first, second]);
      const decoded = decoder.decode(bytes);
      if (second !== 0x7f && decoded.length === 1) pairs.set(decoded, bytes);
    }
  return Buffer.concat([...text].map((sign) => pairs.get(sign) ?? Buffer.from(sign, "latin1")));
}

test("R009 a dry run says which rows look like customers who are here, and a run for good takes them all the same", async () => {
  const lin = await service.user();
  const phone = (value: string) => ({ contactPoints: [{ kind: PointKind.PHONE, value }] });
  const wang = await create(lin, { displayName: "王芳", ...phone("13900000001") });
  const firm = await createFirm(lin, { displayName: "苏州标签有限公司" });
  const gone = await create(lin, { displayName: "孙丽", ...phone("13900000003") });
  await archive(lin, gone.customerId);
  await create(lin, { displayName: "张伟", ...phone("13900000004") });
  const old = await createFirm(lin, { displayName: "老名字标签" });
  await merge(lin, firm.customerId, [old.customerId]);
  const file = `客户编号,客户名称,客户性质,手机
N-1,王小芳,个人,139 0000 0001
N-2,老名字标签有限公司,公司,
N-3,孙丽,个人,13900000003
N-4,张伟,个人,13900000009
N-5,张伟,,13900000009
N-6,,个人,不是号码
`;
  const tried = await take(lin, "customer", file, { dryRun: true });
  expect(counts(tried)).toEqual([6, 5, 0, 0, 1]);
  expect(tried.counts?.similarRows).toBe(3n);
  const said = (await failures(lin, tried.importId)).trimEnd().split("\r\n").slice(1);
  expect(said).toEqual([
    expect.stringMatching(`^N-1,.*,2,POSSIBLE_DUPLICATE,.* See ${wang.customerId}: phone\\.$`),
    expect.stringMatching(`^N-2,.*,3,POSSIBLE_DUPLICATE,.* See ${firm.customerId}: name\\.$`),
    expect.stringMatching(`^N-3,.*,4,POSSIBLE_DUPLICATE,.* See ${gone.customerId}: phone, name\\."$`),
    expect.stringMatching(/^N-6,,个人,不是号码,7,/),
  ]);
  const request = PreviewImportRequest.fromPartial({ importId: tried.importId, failures: true, rowCount: 2 });
  const shownTo = async (user: TestUser) => {
    const { columns, rows } = await user.call(ImportServiceService.previewImport, request);
    expect(columns).toEqual(["客户编号", "客户名称", "客户性质", "手机"]);
    return rows.map(({ row, cells, faults }) => [
      row,
      cells[0],
      faults[0]?.recordId,
      faults[0]?.matchedFields,
    ]);
  };
  expect(await shownTo(lin)).toEqual([
    [2n, "N-1", wang.customerId, ["phone"]],
    [3n, "N-2", firm.customerId, ["name"]],
  ]);
  const grants = ["create", "read", "update"].map((action) => ({ resource: "customer", action }));
  const imports = { resource: "customer_import", action: "*" };
  const blind = await service.user({ tenantId: lin.tenantId, grants: [...grants, imports] });
  expect(await shownTo(blind)).toEqual([
    [2n, "N-1", "", []],
    [3n, "N-2", "", []],
  ]);
  expect(await failures(blind, tried.importId)).not.toContain(wang.customerId);
  expect((await take(blind, "customer", file, { dryRun: true })).counts?.similarRows).toBe(0n);
  const made = await take(lin, "customer", file);
  expect(counts(made)).toEqual([6, 5, 0, 0, 1]);
  expect(made.counts?.similarRows).toBe(0n);
});
