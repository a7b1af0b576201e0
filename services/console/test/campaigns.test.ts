// A campaign from its segment to its end as a marketer makes it, to four customers of its own: two may be written to.
import {
  createCustomer,
  type CustomerInput,
  getCampaign,
  getCampaignProgress,
  listCampaigns,
  listSegments,
  previewAudience,
  recordConsent,
} from "@guanxi/client/gen/guanxi";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { ailments, atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const once = () => ({ "Idempotency-Key": crypto.randomUUID() });
const mark = () => crypto.randomUUID().slice(0, 8);

/** Where it is midnight now: there a campaign's messages wait, and none leaves while one looks. */
function quietZone(): string {
  const offset = new Date().getUTCHours() > 12 ? 24 - new Date().getUTCHours() : -new Date().getUTCHours();
  return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

async function aReader(it: string, name: string, { mail = true, agrees = true } = {}): Promise<void> {
  const points: CustomerInput["contactPoints"] = mail
    ? [{ kind: "KIND_EMAIL", value: `${mark()}@example.com`, primary: true }]
    : [];
  const { customerId } = await createCustomer(
    {
      kind: "KIND_ORGANISATION",
      displayName: `${name} ${it}`,
      tags: [it],
      contactPoints: points,
      preferences: { timeZone: quietZone() },
    },
    once(),
  );
  const consent = {
    channel: "CHANNEL_EMAIL",
    purpose: "marketing",
    state: "STATE_GRANTED",
    evidence: "form",
  } as const;
  if (agrees) await recordConsent(customerId, { consent }, once());
}

const fourReaders = (it: string) =>
  Promise.all([
    aReader(it, "甲"),
    aReader(it, "乙"),
    aReader(it, "未同意", { agrees: false }),
    aReader(it, "无地址", { mail: false }),
  ]);

async function choose(page: Page, within: Locator, label: string | RegExp, title: string): Promise<void> {
  const field = within.getByRole("combobox", { name: label });
  await field.click();
  await field.fill(title);
  await page.locator(".ant-select-dropdown:visible").getByTitle(title, { exact: true }).click();
}

async function makeSegment(page: Page, it: string): Promise<void> {
  await page.getByRole("tab", { name: "客户分群" }).click();
  await page.getByRole("button", { name: "新建分群" }).click();
  const form = page.getByRole("dialog", { name: "新建分群" });
  await form.getByLabel("名称").fill(`分群 ${it}`);
  const condition = form.getByLabel("条件");
  await condition.fill(`kind == "ORGANISATION" && graed == "A"`);
  await form.getByRole("button", { name: "预览受众" }).click();
  await form.getByText(/line 1, column 27/).waitFor();
  await condition.fill(`"${it}" in tags`);
  expect(await form.getByText(/line 1, column/).count()).toBe(0);
  await form.getByRole("button", { name: "预览受众" }).click();
  await form.getByText("4 位客户").waitFor();
  await form.getByText(`未同意 ${it}`).waitFor();
  expect(await ailments(page)).toEqual([]);
  await form.getByRole("button", { name: "保存" }).click();
  await page
    .getByRole("row")
    .filter({ hasText: `分群 ${it}` })
    .getByText("生效")
    .waitFor();
  // Marketing, too, has to hear of it and of all four.
  const { segments } = await listSegments({ filter: `name == "分群 ${it}"` });
  const audience = { segmentIds: segments.map(({ segmentId }) => segmentId) };
  await expect
    // Refused as long as the segment is not known there.
    .poll(() => previewAudience({ audience }).catch(() => undefined))
    .toMatchObject({ count: 4, reachable: 2 });
}

/** Beside the form of a campaign, which stays as it is. */
async function makeTarget(page: Page, form: Locator, it: string): Promise<void> {
  await form.getByRole("button", { name: "新目标" }).click();
  const dialog = page.getByRole("dialog", { name: /^营销计划/ });
  await dialog.getByLabel("计划名称").fill(`计划 ${it}`);
  await choose(page, dialog, "分群", `分群 ${it}`);
  await dialog.getByLabel("定位").fill("最懂仓库的伙伴");
  await dialog.getByLabel("原因").fill("离我们近");
  await dialog.getByRole("button", { name: "保存" }).click();
  await form.getByText(`计划 ${it} · 分群 ${it}`).waitFor();
}

async function makeTemplate(page: Page, form: Locator, it: string): Promise<void> {
  await form.getByRole("button", { name: "新建模板" }).click();
  const dialog = page.getByRole("dialog", { name: "新建模板" });
  await dialog.getByLabel("名称").fill(`模板 ${it}`);
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.locator(".ant-form-item-explain-error").waitFor(); // a mail needs a subject
  await dialog.getByLabel("主题").fill("好久不见");
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "hidden" });
  await choose(page, form, "第 1 步 · 模板", `模板 ${it}`);
}

async function expectAudience(within: Locator): Promise<void> {
  await within.getByRole("button", { name: "预览受众" }).click();
  for (const text of ["4 位客户", "会收到：2", "不会收到：2"])
    await within.getByText(text, { exact: true }).waitFor();
  for (const reason of ["没有同意接收", "没有联系方式"]) {
    const line = within.locator(".ant-flex").filter({ hasText: new RegExp(`^${reason}1$`) });
    expect(await line.count()).toBe(1);
  }
}

async function makeCampaign(page: Page, it: string): Promise<string> {
  await page.getByRole("tab", { name: "营销活动" }).click();
  await page.getByRole("button", { name: "新建活动" }).click();
  const form = page.getByRole("dialog", { name: "新建活动" });
  await form.getByLabel("名称").fill(`活动 ${it}`);
  await makeTarget(page, form, it);
  await choose(page, form, "包含分群", `分群 ${it}`);
  await page.keyboard.press("Escape");
  await makeTemplate(page, form, it);
  await expectAudience(form);
  expect(await ailments(page)).toEqual([]);
  await form.getByRole("button", { name: "保存" }).click();
  await page.getByRole("heading", { level: 1, name: `活动 ${it}` }).waitFor();
  const { campaigns } = await listCampaigns({ filter: `name == "活动 ${it}"` });
  expect(campaigns).toMatchObject([{ status: "STATUS_PLANNED", steps: [{ step: 1, waitDays: 0 }] }]);
  return campaigns[0]!.campaignId;
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function confirm(page: Page, title: RegExp, name: string): Promise<void> {
  await page.getByRole("dialog", { name: title }).getByRole("button", { name, exact: true }).click();
}

test.skipIf(!seen)(
  "R124 R127 from a segment to a campaign that was launched, held up and given up, with the reason of each",
  async () => {
    const it = mark();
    await fourReaders(it);
    const page = await open("/campaigns", { as: "zhao", expects: /^400 \/v1\/segments:preview$/ });
    await makeSegment(page, it);
    const campaignId = await makeCampaign(page, it);
    const status = async () => (await getCampaign(campaignId)).status;

    await press(page, "启动");
    await page.getByText("第一步会马上发出。").waitFor();
    expect(await status()).toBe("STATUS_PLANNED"); // it is only asked for so far
    await confirm(page, /^现在启动/, "启动");
    await page.getByText("进行中").waitFor();
    // It tells by itself how far it is.
    await page.getByText("成员 4").waitFor();
    await page.getByText("已选定 2").waitFor();
    await page.getByText("未发送 2").waitFor();
    const step = page.getByRole("row").filter({ hasText: "第 1 步" });
    // Requested, sent, waiting, bounced, failed, not sent, not due.
    expect((await step.getByRole("cell").allInnerTexts()).slice(-7).join("")).toBe("2020020");
    const { members, steps } = await getCampaignProgress(campaignId);
    expect(members.map(({ count }) => count)).toEqual([2, 2]);
    expect(steps).toMatchObject([{ decided: 4, requested: 2, waiting: 2, suppressed: 2, undecided: 0 }]);
    const member = (name: string) => page.getByRole("row").filter({ hasText: `${name} ${it}` });
    await member("未同意").getByText("没有同意接收").waitFor();
    await member("无地址").getByText("没有联系方式").waitFor();
    await member("甲").getByText("已选定").waitFor();
    await page.getByRole("combobox", { name: "状态" }).click();
    await page.getByTitle("未发送", { exact: true }).click();
    await member("甲").waitFor({ state: "detached" });
    await member("无地址").waitFor();
    expect(await ailments(page)).toEqual([]);

    await press(page, "暂停");
    await page.getByText("已暂停").waitFor();
    expect(await status()).toBe("STATUS_PAUSED");
    await press(page, "继续");
    await page.getByText("进行中").waitFor();
    expect(await status()).toBe("STATUS_ACTIVE");
    await spend(page, campaignId);

    await press(page, "终止");
    await confirm(page, /^终止/, "终止");
    await page.getByText("已终止").waitFor();
    expect(await status()).toBe("STATUS_ABORTED");
    for (const name of ["继续", "暂停", "启动"])
      expect(await page.getByRole("button", { name, exact: true }).count()).toBe(0);
  },
);

/** A cost, and what came of it by another model of attribution. */
async function spend(page: Page, campaignId: string): Promise<void> {
  await press(page, "登记花费");
  const dialog = page.getByRole("dialog", { name: "登记花费" });
  await dialog.getByLabel(/^金额/).fill("1280.55");
  await dialog.getByLabel("用途").fill("印刷");
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByText("¥1,280.55").waitFor();
  const cost = { units: "1280", nanos: 550_000_000 };
  expect(await getCampaign(campaignId)).toMatchObject({ cost });
  const asked = page.waitForResponse(/:?result\?.*model=ATTRIBUTION_MODEL_FIRST_TOUCH/);
  await page.getByRole("combobox", { name: "归因模型" }).click();
  await page.getByTitle("首次触点", { exact: true }).click();
  expect(await (await asked).json()).toMatchObject({ cost, model: "ATTRIBUTION_MODEL_FIRST_TOUCH" });
  await page.getByText("-100%").waitFor(); // all of it was spent for nothing
}
