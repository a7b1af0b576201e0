import { readFile } from "node:fs/promises";
import {
  listCustomerValues,
  queryCustomerCounts,
  querySalesFigures,
  querySatisfactionFigures,
  queryServiceFigures,
  queryStageFigures,
  queryValueFigures,
} from "@guanxi/client/gen/guanxi";
import type { Download, Page } from "playwright-core";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { ailments, atTheConsole, open, seen } from "./rig.ts";
import { customersSpeak } from "./voices.ts";

const TABS = ["sales", "pipeline", "value", "service", "satisfaction", "customers"];

atTheConsole();

describe.runIf(seen)("figures", () => {
  beforeAll(async () => {
    await customersSpeak();
    // What analytics knows comes by events.
    const known = async () => (await querySatisfactionFigures()).groups[0]!.figures[0]!.numerator >= 21;
    await vi.waitUntil(known, { timeout: 30_000, interval: 500 });
  }, 90_000);

  for (const language of ["zh", "en"] as const)
    test(`every tab can be read, in ${language}`, { timeout: 180_000 }, async () => {
      const page = await open("/figures", { language });
      for (const tab of TABS) {
        await page.goto(`/figures?tab=${tab}`);
        await settled(page);
        expect(await page.locator(".figure-number").count(), tab).toBeGreaterThan(0);
        expect(
          await page
            .getByRole("alert")
            .filter({ hasText: /trace|追踪号/i })
            .count(),
          tab,
        ).toBe(0);
        expect(await ailments(page), tab).toEqual([]);
      }
    });

  test("R146 a tile is the sum of the rows behind it", { timeout: 120_000 }, async () => {
    const page = await open("/figures?period=month");
    const rows = page.getByRole("button", { name: /^明细：销售额/ });
    await rows.click();
    const today = new Date(Date.now() + 8 * 3_600_000);
    const { rows: answer } = await querySalesFigures({
      "startDate.year": today.getUTCFullYear(),
      "startDate.month": today.getUTCMonth() + 1,
      "startDate.day": 1,
    } as object);
    const [{ orderCount, netAmount }] = answer as [(typeof answer)[number]];
    await page.getByText(new RegExp(`已显示 \\d+ / ${orderCount.toLocaleString("zh-CN")} 条`)).waitFor();
    const lines = await csvOf(page, () => page.getByRole("button", { name: "下载全部明细" }).click());
    expect(lines).toHaveLength(orderCount + 1);
    const at = lines[0]!.indexOf("金额");
    const micros = lines.slice(1).reduce((sum, line) => sum + Math.round(Number(line[at]) * 1e6), 0);
    expect(micros).toBe(Number(netAmount!.units) * 1e6 + Math.round(netAmount!.nanos / 1e3));
    await page
      .getByRole("link")
      .filter({ hasText: lines[1]![lines[0]!.indexOf("客户")] })
      .first()
      .click();
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}/);
  });

  test("R106 the funnel names its bottleneck and says why", async () => {
    const page = await open("/figures?tab=pipeline&period=all", { language: "en" });
    const { rows } = await queryStageFigures();
    const { displayName, medianDays, lostCount, conversionDenominator } = rows.find(
      ({ bottleneck }) => bottleneck,
    )!;
    const said = await page.getByText(/^The bottleneck is/).innerText();
    expect(said.toLowerCase()).toContain(
      `the bottleneck is ${displayName.toLowerCase()}: ${medianDays} median days`,
    );
    expect(said).toContain(`(${lostCount} of ${conversionDenominator.toLocaleString("en")})`);
    const table = page.getByRole("table", { name: "Stage" });
    for (const { enteredCount } of rows.slice(0, 5))
      await table
        .getByRole("cell", { name: enteredCount.toLocaleString("en"), exact: true })
        .first()
        .waitFor();
  });

  test("R110 the cells of the RFM map are all customers that were valued, and each opens its own", async () => {
    const page = await open("/figures?tab=value");
    await page.getByRole("button", { name: /^以表格显示: RFM 分布图/ }).click();
    const table = page.getByRole("table", { name: "RFM 分布图" });
    await table.getByRole("button").first().waitFor();
    const rows = await table.locator("tbody tr.ant-table-row").all();
    const cells = await Promise.all(rows.map((row) => row.locator("td").allInnerTexts()));
    const counts = cells.map((cell) => Number(cell[3]!.replaceAll(",", "")));
    const [all] = (await queryValueFigures()).rows;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all!.count);
    await table.getByRole("button", { name: "R5 F5" }).click();
    const best = cells.findIndex(([name]) => name === "R5 F5");
    await page.getByText(new RegExp(`/ ${counts[best]} 条`)).waitFor();
    expect(await ailments(page)).toEqual([]);
  });

  test("R025 the curve of one customer ends at what the list says of them", async () => {
    const { customerValues } = await listCustomerValues({ pageSize: 1, orderBy: "clv desc" });
    const [{ customerId, clv }] = customerValues as [(typeof customerValues)[number]];
    const page = await open(`/figures?tab=value&customer=${customerId}`);
    const lines = await csvOf(page, () =>
      page.getByRole("button", { name: /^下载 CSV: 价值累积曲线/ }).click(),
    );
    expect(lines).toHaveLength(54);
    expect(Number(lines.at(-1)![1])).toBeCloseTo(Number(clv!.units) + clv!.nanos / 1e9, 1);
  });

  test("who buys next is listed by the day, and all of them can be taken along", async () => {
    const page = await open("/figures?tab=value");
    await page.getByText("已过应购日").click();
    const card = page.locator(".ant-card").filter({ hasText: "即将到期的购买" });
    await card.getByRole("button", { name: "查看明细" }).click();
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const lines = await csvOf(page, () => page.getByRole("button", { name: "下载全部明细" }).click());
    const at = lines[0]!.indexOf("预计下次购买");
    const days = lines.slice(1).map((line) => line[at]!);
    expect(days.length).toBeGreaterThan(50);
    expect(days).toEqual(days.toSorted());
    expect(days.at(-1)! < today).toBe(true);
  });

  test("values are computed anew by whoever may, and the page follows", async () => {
    const page = await open("/figures?tab=value", { as: "chen", language: "en" });
    const again = page.getByRole("button", { name: "Run again" });
    await again.click();
    await page
      .getByText(/unchanged$/)
      .filter({ hasText: "0 scored" })
      .waitFor({ timeout: 45_000 });
    await page.getByRole("button", { name: "Check that it reproduces" }).click();
    const verdict = page.getByText("equal, bit for bit");
    await verdict.waitFor({ timeout: 30_000 });
    expect(await verdict.innerText()).toContain("from the facts of today");
  });

  test("R085 complaints by cause, as a chart, a table, a picture and a file", async () => {
    const page = await open("/figures?tab=service&period=all");
    const { groups } = await queryServiceFigures();
    const { numerator, denominator } = groups[0]!.figures.find(({ figure }) => figure === "sla_attainment")!;
    await page.getByText(new RegExp(`违约 ${denominator - numerator}，其中未结工单`)).waitFor();
    const [picture] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "下载图片: 投诉原因排列图" }).click(),
    ]);
    expect((await bytesOf(picture)).subarray(1, 4).toString()).toBe("PNG");
    const lines = await csvOf(page, () =>
      page.getByRole("button", { name: "下载 CSV: 投诉原因排列图" }).click(),
    );
    const [most, count] = lines[1]!;
    const counts = lines.slice(1).map((line) => Number(line[1]));
    expect(counts.length).toBeGreaterThan(2);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(Number(lines.at(-1)![3])).toBeCloseTo(1);
    await page.getByRole("button", { name: "以表格显示: 投诉原因排列图" }).click();
    await page
      .getByRole("table", { name: "投诉原因排列图" })
      .getByRole("button", { name: most!, exact: true })
      .click();
    await page.getByRole("dialog").getByText(`已显示 ${count} / ${count} 条`).waitFor();
  });

  test("satisfaction is said with its n and its definition", async () => {
    const page = await open("/figures?tab=satisfaction", { language: "en" });
    const { groups } = await querySatisfactionFigures();
    const { numerator, denominator } = groups[0]!.figures.find(
      ({ figure }) => figure === "customer_satisfaction",
    )!;
    await page.getByText(`${numerator} of ${denominator}`, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Definition: Net promoter score (NPS)" }).click();
    await page.getByText(/promoters gave 9 or 10/).waitFor();
    expect(await page.getByText("GET /v1/satisfactionFigures").count()).toBeGreaterThan(0);
  });

  test("what is counted leads to the list of those it counts, and the address keeps what was chosen", async () => {
    const page = await open("/figures?tab=customers");
    await page.getByRole("combobox", { name: "期间" }).click();
    await page.getByTitle("本季度").click();
    await page.waitForURL(/period=quarter/);
    await page.getByRole("button", { name: "以表格显示: 按客户等级" }).click();
    await page.getByRole("button", { name: "A 级" }).click();
    await page.waitForURL(/\/customers\?filter=/);
    expect(new URL(page.url()).searchParams.get("filter")).toBe('grade == "A"');
    const { rows } = await queryCustomerCounts({ groupBy: ["DIMENSION_GRADE"] });
    expect(rows.some(({ grade, count }) => grade === "GRADE_A" && count > 0)).toBe(true);
    await page.goBack();
    await page.getByTitle("本季度").first().waitFor();
  });

  for (const [width, mode] of [
    [390, "light"],
    [1920, "dark"],
  ] as const)
    test(`nothing is wider than the page at ${width}`, { timeout: 120_000 }, async () => {
      const page = await open("/figures", { width, mode });
      for (const tab of TABS) {
        await page.goto(`/figures?tab=${tab}`);
        await settled(page);
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), tab).toBe(0);
      }
      expect(await ailments(page)).toEqual([]);
    });
});

async function settled(page: Page): Promise<void> {
  await page.locator(".figure-number").first().waitFor();
  await page
    .getByRole("status", { name: /正在加载|Loading/ })
    .first()
    .waitFor({ state: "detached" });
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

/** Lines of a file in which no field has a comma or a quote. */
async function csvOf(page: Page, click: () => Promise<void>): Promise<string[][]> {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  const text = (await bytesOf(download)).toString("utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  return text
    .slice(1)
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
}
