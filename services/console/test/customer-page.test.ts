// One customer seen whole, as somebody works with it: what is written down shows at once, nobody's words are lost, and nothing
// that belongs to another service is waited for longer than its event takes.
import {
  addTags,
  createContact,
  createCustomer,
  createOpportunity,
  createTask,
  type Customer,
  getCustomer,
  getPortrait,
  listContacts,
  mergeCustomers,
  updateCustomer,
} from "@guanxi/client/gen/guanxi";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ailments, atTheConsole, open, type Person, seen } from "./rig.ts";

atTheConsole();

const once = () => ({ "Idempotency-Key": crypto.randomUUID() });
const mark = () => crypto.randomUUID().slice(0, 8);

async function aCustomer(name = `杭州云溪茶业有限公司 ${mark()}`): Promise<Customer> {
  const source = { channel: "CHANNEL_TRADE_SHOW" as const };
  const customer = await createCustomer({ kind: "KIND_ORGANISATION", displayName: name, source }, once());
  await addTags(customer.customerId, { tags: ["茶叶", "重点"] }, once());
  return customer;
}

async function visit({ customerId, displayName }: Customer, person: Person = {}): Promise<Page> {
  const page = await open(`/customers/${customerId}`, person);
  await page.getByRole("heading", { level: 1, name: displayName }).waitFor();
  return page;
}

const feed = (page: Page, name = "客户动态，最新在前") => page.getByRole("list", { name });
const more = async (page: Page, what: string) => {
  await page.getByRole("button", { name: /更多操作|More actions/ }).click();
  await page.getByRole("menuitem", { name: what }).click();
};

test.skipIf(!seen)(
  "R074 a contact is logged by keys alone, with what it taught, and shows at once",
  async () => {
    const customer = await aCustomer();
    const page = await visit(customer);
    await feed(page).getByText("建立客户档案").waitFor();
    await page.keyboard.press("l");
    const dialog = page.getByRole("dialog", { name: "记录联系" });
    await dialog.getByLabel("主题").fill("确认春茶订货量");
    await page.keyboard.press("Control+Enter");
    await dialog.getByText("请写下至少一条").waitFor();
    await dialog.getByLabel("了解到什么").fill("春茶要多订三成");
    await page.keyboard.press("Control+Enter");
    const entry = feed(page).getByRole("button", { name: /确认春茶订货量/ });
    await entry.first().waitFor();
    await entry.first().click();
    await feed(page).getByText("春茶要多订三成").waitFor();
    const { interactions } = await getPortrait(customer.customerId);
    expect(interactions?.last).toMatchObject([
      { channel: "PHONE", outcome: "REACHED", subject: "确认春茶订货量" },
    ]);
  },
);

test.skipIf(!seen)(
  "R012 what others do shows without anybody asking: in the timeline, and in its part",
  async () => {
    const customer = await aCustomer();
    const { customerId } = customer;
    const page = await visit(customer);
    await feed(page).getByText("建立客户档案").waitFor();
    const amount = { currencyCode: "CNY", units: "120000", nanos: 0 };
    await createOpportunity({ displayName: "春季礼盒", customerId, amount }, once());
    await feed(page).getByText("春季礼盒").waitFor({ timeout: 15_000 });
    const deal = page.getByRole("link", { name: "春季礼盒" });
    await deal.waitFor({ timeout: 15_000 });
    expect(await deal.getAttribute("href")).toContain("/pipeline?opportunity=");
  },
);

test.skipIf(!seen)(
  "R013 a task is made by a key, is the next step when it is due, and is done from there",
  async () => {
    const customer = await aCustomer();
    await createTask(
      {
        title: "寄送样品",
        kind: "KIND_FOLLOW_UP",
        customerId: customer.customerId,
        dueTime: new Date(Date.now() + 3_600_000).toISOString(),
      },
      once(),
    );
    const page = await visit(customer, { language: "en" });
    const step = page.getByRole("listitem").filter({ hasText: "Do a task" });
    await step.getByText("寄送样品").waitFor({ timeout: 15_000 });
    await step.getByRole("button", { name: "Done" }).click();
    await page.getByLabel("What came of it").fill("sent by courier");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await step.waitFor({ state: "hidden", timeout: 15_000 });
    await page.keyboard.press("t");
    await page.getByRole("dialog", { name: "New task" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect((await getPortrait(customer.customerId)).tasks?.open).toEqual([]);
  },
);

test.skipIf(!seen)("who is second to save sees theirs and mine, chooses, and loses nothing", async () => {
  const customer = await aCustomer();
  const { customerId } = customer;
  const page = await visit(customer, { language: "en", expects: /^412 / });
  await page.keyboard.press("e");
  await page.getByLabel("Industry").fill("Tea");
  await page.getByLabel("Language").fill("en");
  const { etag } = await getCustomer(customerId);
  await updateCustomer(customerId, { industry: "Food", legalName: "云溪茶业" }, { "If-Match": `"${etag}"` });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Somebody else has changed this customer").waitFor();
  await page.getByRole("radio", { name: "Theirs: Food" }).waitFor();
  await page.getByRole("radio", { name: "Mine: Tea" }).check();
  await page.getByRole("button", { name: "Save what I chose" }).click();
  await page.getByText("Saved").waitFor();
  expect(await getCustomer(customerId)).toMatchObject({
    industry: "Tea",
    legalName: "云溪茶业",
    preferences: { language: "en" },
  });
});

test.skipIf(!seen)("people come with their part in decisions, change it, and leave", async () => {
  const customer = await aCustomer();
  const { customerId } = customer;
  const page = await visit(customer);
  await page.getByRole("button", { name: "添加联系人" }).click();
  const dialog = page.getByRole("dialog", { name: "添加联系人" });
  await dialog.getByLabel("姓名").fill("欧阳明慧");
  await dialog.getByLabel("职务").fill("采购总监");
  await dialog.getByLabel("电话").fill("0571 8765 4321");
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByRole("link", { name: "拨打 0571 8765 4321" }).waitFor();
  await page.getByRole("button", { name: "欧阳明慧 的更多操作" }).click();
  await page.getByRole("menuitem", { name: "编辑 欧阳明慧" }).click();
  await page.getByRole("dialog").getByLabel("部门").fill("采购部");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByText("采购总监 · 采购部").waitFor();
  const { contacts } = await listContacts({ customerId });
  expect(contacts).toMatchObject([{ displayName: "欧阳明慧", affiliations: [{ department: "采购部" }] }]);
});

test.skipIf(!seen)("a consent is given and withdrawn, each with how it can be shown", async () => {
  const customer = await aCustomer();
  const page = await visit(customer);
  await page.getByRole("button", { name: "登记" }).click();
  await page.getByLabel("依据").fill("展会纸质表单");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByText("邮件 · 营销 · 已同意").waitFor();
  await page.getByRole("button", { name: "撤回", exact: true }).click();
  await page.getByLabel("依据").fill("来电要求");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByText("邮件 · 营销 · 已撤回").waitFor();
  expect((await getCustomer(customer.customerId)).consents).toMatchObject([
    { purpose: "marketing", state: "STATE_WITHDRAWN", evidence: "来电要求" },
  ]);
});

test.skipIf(!seen)("an absorbed id shows the survivor and says so, and the merge is taken back", async () => {
  const [survivor, absorbed] = await Promise.all([aCustomer(), aCustomer()]);
  const ids = { survivorId: survivor.customerId, absorbedIds: [absorbed.customerId] };
  await mergeCustomers({ ...ids, reason: "同一家" }, once());
  const page = await open(`/customers/${absorbed.customerId}`);
  await page.getByRole("heading", { level: 1, name: survivor.displayName }).waitFor();
  await page.getByText("您打开的客户已并入").waitFor();
  await page.getByRole("button", { name: "撤销合并" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤销合并" }).click();
  await page.getByText("合并已撤销").waitFor();
  expect(await getCustomer(absorbed.customerId)).toMatchObject({ state: "STATE_ACTIVE" });
});

test.skipIf(!seen)("where a customer stands is changed with a reason, which the timeline tells", async () => {
  const customer = await aCustomer();
  const page = await visit(customer);
  await more(page, "变更等级");
  const dialog = page.getByRole("dialog", { name: "变更等级" });
  await dialog.getByRole("combobox").click();
  await page.getByTitle("A 级").click();
  await dialog.getByLabel("原因").fill("年采购额过百万");
  await dialog.getByRole("button", { name: "保存" }).click();
  const entry = feed(page).getByRole("button", { name: /客户等级变更/ });
  await entry.waitFor();
  await entry.click();
  await feed(page).getByText("年采购额过百万").waitFor();
  expect(await getCustomer(customer.customerId)).toMatchObject({
    grade: "GRADE_A",
    gradeSource: "GRADE_SOURCE_MANUAL",
  });
});

const looks: Person[] = [
  { language: "zh" },
  { language: "en" },
  { width: 390 },
  { width: 1920 },
  { mode: "dark", language: "en" },
];

test.skipIf(!seen).for(looks)("the page of a customer, %o", async (person) => {
  const customer = await aCustomer("浙江省杭州市西湖区龙井茶叶种植加工与进出口贸易股份有限公司");
  await createContact(
    {
      displayName: "欧阳明慧",
      affiliations: [
        { customerId: customer.customerId, role: "ROLE_DECISION_MAKER", title: "采购与供应链管理部总监" },
      ],
    },
    once(),
  );
  const page = await visit(customer, person);
  await page.getByText("茶叶", { exact: true }).waitFor();
  expect(await ailments(page)).toEqual([]);
  const { width = 1280 } = person;
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
});
