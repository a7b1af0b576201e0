// What 王磊 does, who serves: takes the complaint, sees its promise broken, makes it good and tells the customer.
import {
  completeCorrectiveAction,
  listCorrectiveActions,
  routeContact,
  startCorrectiveAction,
} from "@guanxi/client/gen/guanxi";
import { expect } from "vitest";
import { choose, goTo, type Page, press, shows } from "./hands.ts";
import { ailments } from "../../../services/console/test/rig.ts";
import { CUSTOMER } from "./selling.ts";

const SUBJECT = "标签会脱落";
const ACTION = "换用更牢的胶";
export const ANSWER = "新标签明天送到，旧的请丢弃。";
export const MENDED = "我们的标签已换用更牢的胶。";

/** What is promised to those of grade A, once the desk knows that the customer is one. */
async function minuteIsPromised(customerId: string): Promise<void> {
  const seconds = async () => {
    const { sla } = await routeContact({ customerId });
    return Number(sla!.targets.find(({ kind }) => kind === "KIND_FIRST_RESPONSE")!.targetSeconds);
  };
  await expect.poll(seconds, { timeout: 45_000, interval: 200 }).toBe(60);
}

const promises = (wang: Page) => wang.getByRole("region", { name: "服务承诺" });

/** Its clock runs from then on. */
export async function takesComplaint(wang: Page, customerId: string): Promise<void> {
  await minuteIsPromised(customerId);
  await goTo(wang, "服务");
  await press(wang, "新建工单");
  const drawer = wang.getByRole("dialog", { name: "新建工单" });
  await choose(wang, drawer, "客户", CUSTOMER, CUSTOMER);
  await drawer.getByLabel("主题").fill(SUBJECT);
  await drawer.getByLabel("描述").fill("洗过两次就脱落了");
  await choose(wang, drawer, "类型", "投诉");
  await press(drawer, "创建");
  await wang.getByRole("heading", { level: 2, name: SUBJECT }).waitFor();
  await shows(promises(wang), /剩 0[01]:\d\d$/);
  await shows(promises(wang), /剩 1小时/);
  await wang
    .getByRole("complementary", { name: "客户" })
    .getByText(/^A 级 · /)
    .waitFor();
  expect(await ailments(wang)).toEqual([]);
}

/** The minute ends before one's eyes, and a moment later somebody else has been told. */
export async function seesItBreak(wang: Page): Promise<void> {
  await promises(wang)
    .getByText(/超时 0\d:\d\d$/)
    .waitFor({ timeout: 75_000 });
  await wang.getByRole("tab", { name: "历史" }).click();
  await shows(wang, "已升级到第 1 级");
}

/** Acknowledged, taken up, answered by mail, its cause named and done away with. */
export async function makesGood(wang: Page): Promise<void> {
  await press(wang, "受理投诉");
  await press(wang.getByRole("dialog", { name: "受理投诉" }), "受理投诉");
  await press(wang, "接手处理");
  await wang.getByRole("tab", { name: "沟通" }).click();
  await press(wang, "邮件");
  await wang.getByLabel("正文").fill(ANSWER);
  await wang.keyboard.press("Control+Enter");
  await shows(wang, ANSWER);
  await press(wang, "解决");
  const resolving = wang.getByRole("dialog", { name: /^解决 #/ });
  await press(resolving, "解决");
  await shows(resolving, "请填写根本原因");
  await choose(wang, resolving, "根本原因", "产品质量");
  await press(resolving, "解决");
  await press(wang, "关联整改措施");
  const linking = wang.getByRole("dialog", { name: "整改措施" });
  await linking.getByLabel("措施名称").fill(ACTION);
  await press(linking, "关联整改措施");
  await linking.waitFor({ state: "hidden" });
}

/** No page begins or ends a corrective action yet: over the API, with what the customer is told of it. */
export async function endsCause(): Promise<void> {
  const { correctiveActions } = await listCorrectiveActions({ pageSize: 10 });
  const { correctiveActionId } = correctiveActions.find(({ title }) => title === ACTION)!;
  await startCorrectiveAction(correctiveActionId, {});
  await completeCorrectiveAction(correctiveActionId, { customerMessage: MENDED });
}

export async function closes(wang: Page): Promise<void> {
  await press(wang, "关闭");
  await wang.getByRole("tab", { name: "历史" }).click();
  await shows(wang, "状态：已解决 → 已关闭");
  expect(await ailments(wang)).toEqual([]);
}
