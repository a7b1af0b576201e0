// What 林晓 does, who sells: finds the customer, sells to it, brings its orders in, and hears when it is about to be lost.
import { listOrders } from "@guanxi/client/gen/guanxi";
import { expect } from "vitest";
import { card, choose, drag, goTo, goToCustomer, type Page, press, shows, showsSoon } from "./hands.ts";
import { ailments } from "../../../services/console/test/rig.ts";

/** No other customer is called so. */
export const CUSTOMER = "韩梅梅";
const MAIL = "han.mei@blueharbor.example";
const DEAL = "标签年度框架";

/** A lead from the web is written down by keys, qualified, and becomes a customer with a deal. */
export async function findsCustomer(lin: Page): Promise<void> {
  await goTo(lin, "线索");
  await press(lin, "新建线索");
  const entering = lin.getByRole("dialog", { name: "新建线索" });
  await entering.getByLabel("公司").and(lin.locator(":focus")).waitFor();
  for (const typed of ["", CUSTOMER, "", MAIL]) {
    await lin.keyboard.type(typed);
    await lin.keyboard.press("Tab");
  }
  await choose(lin, entering, "来源", "网页表单");
  await entering.getByLabel("意向").fill("每月要两万张标签");
  await press(entering, "新建线索");
  const lead = lin.getByRole("dialog", { name: CUSTOMER, exact: true });
  await press(lead, "确认线索");
  const qualifying = lin.getByRole("dialog", { name: `确认线索：${CUSTOMER}` });
  await qualifying.getByLabel("需求").fill("耐水洗的标签");
  await press(qualifying, "确认线索");
  await shows(lead, "已确认");
  await press(lead, "转化");
  const converting = lin.getByRole("dialog", { name: `转化线索：${CUSTOMER}` });
  await converting.getByText(`新建客户“${CUSTOMER}”`).waitFor();
  await converting.getByLabel("商机名称").fill(DEAL);
  await converting.getByLabel("金额").fill("90000");
  await press(converting, "转化");
  await shows(converting, "已建立新客户");
  await converting.getByRole("link", { name: "查看商机" }).click();
}

/** Where the lead has led to: the board, on which the deal is dragged to where it is won. */
export async function wins(lin: Page): Promise<void> {
  const deal = lin.getByRole("dialog", { name: DEAL, exact: true });
  await shows(deal, "初步接触");
  await lin.keyboard.press("Escape");
  await deal.waitFor({ state: "hidden" });
  await choose(lin, lin, "按客户筛选", CUSTOMER, CUSTOMER);
  const first = lin.getByRole("region", { name: "初步接触" });
  await shows(first, "¥9万");
  expect(await ailments(lin)).toEqual([]);
  await drag(lin, first.getByRole("link", { name: DEAL }), lin.getByText("拖到这里：赢单"));
  const winning = lin.getByRole("dialog", { name: `赢单：${DEAL}` });
  expect(await winning.getByLabel("成交金额").inputValue()).toBe("90,000");
  await press(winning, "赢单");
  await first.getByText("这个阶段没有商机").waitFor();
}

export interface Sale {
  number: string;
  day: string;
  amount: number;
  /** Empty of what was delivered. */
  status?: string;
}

/** As a merchandise system writes them out. */
const fileOf = (sales: readonly Sale[]): Buffer => {
  const head = ["订单号", "客户", "订单日期", "订单状态", "品名", "数量", "单价", "成本"];
  const rows = sales.map(({ number, day, amount, status = "FULFILLED" }) =>
    [number, CUSTOMER, day, status, "标签", 1, amount, amount / 2].join(","),
  );
  return Buffer.from([head.join(","), ...rows, ""].join("\r\n"));
};

const ordersThere = async () =>
  (await listOrders({ filter: 'order_number.startsWith("BL-")' })).orders.length;

/** A file of orders: what its columns mean is seen, it is tried, then brought in for good. */
export async function bringsIn(lin: Page, name: string, sales: readonly Sale[], made: number): Promise<void> {
  const before = await ordersThere();
  const count = sales.length;
  const counts = `共 ${count} 行 = 新建 ${made} + 更新 ${count - made} + 未变 0 + 拒绝 0`;
  await goTo(lin, "导入");
  await press(lin, "导入文件");
  const starting = lin.getByRole("dialog", { name: "导入文件" });
  const asked = lin.waitForEvent("filechooser");
  await starting.getByText("把文件拖到这里，或点击选择").click();
  await (await asked).setFiles({ name, mimeType: "text/csv", buffer: fileOf(sales) });
  await choose(lin, starting, "导入为", "订单");
  await starting.getByLabel("来源系统").fill("erp");
  await press(starting, "上传并预览");
  await lin.getByRole("heading", { level: 1, name }).waitFor();
  await shows(lin, "8 列已对应，0 列不导入");
  await expect.poll(() => lin.getByText("可导入").count()).toBe(count);
  await press(lin, "试运行");
  await shows(lin, "试运行完成：没有写入任何记录");
  await shows(lin, counts);
  expect(await ordersThere()).toBe(before);
  await press(lin, "正式导入");
  await shows(lin, `写入记录：新建 ${made}，更新 ${count - made}`);
  await shows(lin, counts);
  expect(await ordersThere()).toBe(before + made);
}

const facts = (lin: Page) => lin.locator(".customer-facts");

/** Answers the customer's id, which stands in the address of its page. */
export async function seesCustomer(lin: Page): Promise<string> {
  await goToCustomer(lin, CUSTOMER);
  for (const fact of ["未评级", "林晓"]) await shows(facts(lin), fact);
  await shows(card(lin, "基本资料"), "网页表单");
  await shows(card(lin, "订单"), "¥900,000.00");
  expect(await ailments(lin)).toEqual([]);
  return new URL(lin.url()).pathname.split("/").at(-1)!;
}

/** Without asking for it: the page follows what happens. */
export const seesGradeA = (lin: Page): Promise<void> => shows(facts(lin), "A 级");

export async function recordsConsent(lin: Page): Promise<void> {
  await press(card(lin, "授权同意"), "登记");
  const dialog = lin.getByRole("dialog", { name: "登记授权同意" });
  await dialog.getByLabel("依据").fill("来电录音 0087");
  await press(dialog, "保存");
  await shows(lin, "邮件 · 营销 · 已同意");
}

export async function seesBrokenPromise(lin: Page): Promise<void> {
  await showsSoon(lin, () => card(lin, "工单").getByText("1 个未关闭，1 个超时；近一年投诉 1 次"));
  await shows(card(lin, "下一步"), "补救已超时的工单");
}

/** On the start page, and where one looks before one calls. */
export async function isToActOnFall(lin: Page): Promise<void> {
  await goTo(lin, "今日", /林晓/);
  const task = lin.getByRole("listitem").filter({ hasText: "价值下降，请维护客户" });
  await showsSoon(lin, () => task.getByRole("link", { name: CUSTOMER }));
  await task.getByRole("link", { name: CUSTOMER }).click();
  await shows(card(lin, "下一步"), "阻止价值下滑");
  await shows(card(lin, "下一步"), /客户价值下降 \d+(\.\d)?%，之后没有新订单/);
  await shows(card(lin, "待办任务"), /Keep 韩梅梅/);
}

const PARTS = ["客户价值", "订单", "工单", "待办任务", "联系情况", "满意度与反馈", "营销活动"];
/** One thing of each service. */
const TOLD = {
  客户: "建立客户档案",
  互动: "完成问卷",
  销售: "商机赢单",
  服务: "新建工单",
  营销: "点击营销链接",
  分析: "客户价值下降",
};

/** All services in one page: each part says how old its word is, and each has entries in the one line of time. */
export async function seesWhole(lin: Page): Promise<void> {
  for (const part of PARTS) await shows(card(lin, part), /^截至/);
  await shows(card(lin, "满意度与反馈"), /^9 · /);
  await shows(card(lin, "营销活动"), "已转化");
  await shows(card(lin, "细分群体"), "Loyal labels");
  const feed = lin.getByRole("list", { name: "客户动态，最新在前" });
  for (const [area, what] of Object.entries(TOLD)) {
    await choose(lin, lin, "按服务筛选", area);
    await shows(feed, what);
  }
  expect(await ailments(lin)).toEqual([]);
}
