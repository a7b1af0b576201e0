// The inbox as whoever answers customers uses it: cases made through the API, handled in the page, and asked for again.
import {
  type Case,
  type CaseInput,
  changeCasePriority,
  createCase,
  createCaseProcess,
  createFeedback,
  createQueue,
  getCase,
  getFeedback,
  listCases,
  listCustomers,
  listInteractions,
} from "@guanxi/client/gen/guanxi";
import { tokenFor } from "@guanxi/client/send";
import { signIdToken } from "@guanxi/local/issuer";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { ailments, atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** For what a colleague does meanwhile. */
async function asWang(): Promise<{ authorization: string }> {
  const url = inject("consoleUrl");
  return { authorization: `Bearer ${await tokenFor(url, await signIdToken(inject("folder"), "wang"))}` };
}

/** A subject that no other case has. */
const subjectOf = (text: string) => `${text} ${crypto.randomUUID().slice(0, 8)}`;

async function someCustomer(): Promise<{ customerId: string; displayName: string }> {
  const { customers } = await listCustomers({ filter: 'kind == "ORGANISATION"', pageSize: 1 });
  return customers[0]!;
}

async function aCase(more: Partial<CaseInput> & { subject: string }): Promise<Case> {
  const { customerId } = await someCustomer();
  return createCase({ kind: "KIND_QUESTION", customerId, description: "一台没有反应", ...more }, once());
}

const read = async (caseId: string) => getCase(caseId);

/** The page behind its list of cases, which has this one. */
async function listed(page: Page, subject: string): Promise<void> {
  await page.getByRole("link", { name: new RegExp(subject) }).waitFor();
}

test.skipIf(!seen)("a case is handled from the list to its solution without a mouse", async () => {
  const subject = subjectOf("平板无法开机");
  const { caseId } = await aCase({ subject });
  const page = await open(`/inbox?view=open&words=${encodeURIComponent(subject)}`);
  await listed(page, subject);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: subject }).waitFor();
  await page.keyboard.press("a");
  await expect.poll(async () => (await read(caseId)).assigneeId).not.toBe("");
  await page.getByRole("button", { name: "分派给我" }).waitFor({ state: "hidden" });
  await page.keyboard.press("r");
  const text = page.getByLabel("正文");
  await text.waitFor();
  await page.keyboard.type("已安排更换，明天送达。");
  await page.keyboard.press("Control+Enter");
  await page.getByText("已安排更换，明天送达。").waitFor();
  await page.getByText("等待发送").waitFor();
  await page.keyboard.press("e");
  await page.getByRole("dialog").waitFor();
  await page.getByRole("dialog").getByLabel("说明").press("Control+Enter");
  await expect.poll(async () => (await read(caseId)).status).toBe("STATUS_RESOLVED");
  const { interactions } = await listInteractions({ filter: `case_id == "${caseId}"` });
  expect(interactions).toMatchObject([{ channel: "CHANNEL_EMAIL", delivery: { state: "STATE_QUEUED" } }]);
});

/** A queue of its own, so that no other complaint has to take its step. */
async function queueWithStep(label: string): Promise<string> {
  const { queueId } = await createQueue({ displayName: subjectOf("Complaints") }, once());
  const steps = [{ code: "call_customer", label }];
  await createCaseProcess({ displayName: "Complaints", kind: "KIND_COMPLAINT", queueId, steps }, once());
  return queueId;
}

test.skipIf(!seen)(
  "R082 a complaint goes from its receipt by its steps and its cause to its close",
  async () => {
    const subject = subjectOf("Late delivery");
    const queueId = await queueWithStep("Call the customer");
    const { caseId } = await aCase({ subject, kind: "KIND_COMPLAINT", queueId });
    const page = await open(`/inbox?view=complaints&case=${caseId}`, { language: "en" });
    await page.getByRole("heading", { level: 2, name: subject }).waitFor();
    expect(await ailments(page)).toEqual([]);
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Acknowledge" }).click();
    await page.getByRole("button", { name: "Take up" }).click();
    await page.getByText("1 step is missing before it can be closed").waitFor();
    await page.getByRole("checkbox", { name: "Call the customer" }).click();
    await page.getByText("all done").waitFor();
    await page.getByRole("button", { name: "Resolve" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await dialog.getByText("Root cause is needed").waitFor();
    await dialog.getByLabel("Root cause").click();
    await page.getByTitle("Delivery", { exact: true }).click();
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await expect.poll(async () => (await read(caseId)).status).toBe("STATUS_CLOSED");
    expect(await read(caseId)).toMatchObject({
      rootCause: "ROOT_CAUSE_DELIVERY",
      resolution: "RESOLUTION_SOLVED",
      acknowledgeTime: expect.any(String),
    });
    await page.getByRole("tab", { name: "History" }).click();
    await page.getByText("Status: Resolved → Closed").waitFor();
  },
);

test.skipIf(!seen)(
  "what somebody else changed meanwhile is shown beside one's own words, and nothing is lost",
  async () => {
    const subject = subjectOf("标签打不出");
    const { caseId } = await aCase({ subject });
    const page = await open(`/inbox?view=open&case=${caseId}`, { expects: /^412 \/v1\/cases/ });
    await page.getByRole("heading", { level: 2, name: subject }).waitFor();
    await page.getByRole("button", { name: "更多操作" }).click();
    await page.getByRole("menuitem", { name: "编辑" }).click();
    await page.getByRole("dialog").getByLabel("主题").fill(`${subject} 二号仓`);
    await changeCasePriority(caseId, { priority: "PRIORITY_URGENT" }, once(), { headers: await asWang() });
    await page.getByRole("dialog").getByRole("button", { name: "编辑" }).click();
    await page.getByText("优先级：普通 → 紧急").waitFor();
    expect((await read(caseId)).subject).toBe(subject);
    await page.getByRole("button", { name: "按最新状态继续" }).click();
    await expect
      .poll(() => read(caseId))
      .toMatchObject({ subject: `${subject} 二号仓`, priority: "PRIORITY_URGENT" });
  },
);

test.skipIf(!seen)("a new case is opened for a customer found by name, and stands in the list", async () => {
  const { customerId, displayName } = await someCustomer();
  const subject = subjectOf("Where is my order");
  const page = await open("/inbox?view=open", { language: "en" });
  await page.getByRole("button", { name: "New case" }).click();
  const drawer = page.getByRole("dialog", { name: "New case" });
  await drawer.getByLabel("Customer").fill(displayName);
  await page.locator(".ant-select-dropdown").getByTitle(new RegExp(displayName)).first().click();
  await drawer.getByLabel("Subject").fill(subject);
  await drawer.getByRole("button", { name: "Create" }).click();
  await page.getByRole("heading", { level: 2, name: subject }).waitFor();
  await listed(page, subject);
  await page
    .getByRole("complementary", { name: "Customer" })
    .getByRole("heading", { name: displayName })
    .waitFor();
  const { cases } = await listCases({ filter: `subject.contains(${JSON.stringify(subject)})` });
  expect(cases).toMatchObject([{ customerId, kind: "KIND_QUESTION", origin: "ORIGIN_PHONE" }]);
});

test.skipIf(!seen)("on a phone one sees the list or the case, and comes back", async () => {
  const subject = subjectOf("门店断网");
  await aCase({ subject });
  const page = await open(`/inbox?view=open&words=${encodeURIComponent(subject)}`, { width: 390 });
  await page.getByRole("link", { name: new RegExp(subject) }).click();
  await page.getByRole("heading", { level: 2, name: subject }).waitFor();
  expect(await page.getByRole("region", { name: "工单列表" }).count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "返回列表" }).click();
  await listed(page, subject);
});

test.skipIf(!seen)("feedback is answered, and goes from the list of what waits", async () => {
  const { customerId } = await someCustomer();
  const text = subjectOf("送货慢，客服好");
  const { feedbackId } = await createFeedback(
    { source: "SOURCE_PHONE", text, score: 40, customerId },
    once(),
  );
  const page = await open(`/inbox?view=feedback&feedback=${feedbackId}`);
  await page.getByRole("link", { name: new RegExp(text) }).waitFor();
  await page.getByLabel("写给客户的答复").fill("抱歉久等，已换用更快的线路。");
  await page.getByRole("button", { name: "答复", exact: true }).click();
  await expect.poll(async () => (await getFeedback(feedbackId)).state).toBe("STATE_RESOLVED");
  await page.getByRole("link", { name: new RegExp(text) }).waitFor({ state: "hidden" });
});
