// Each surface as somebody sees who goes there: it has its heading, says nothing to the console, asks nobody else, and axe has
// nothing serious against it. In both languages, on a phone, on a wide screen, in the dark.
import type { Page } from "playwright-core";
import { test } from "vitest";
import { ailments, atTheConsole, open, type Person, seen } from "./rig.ts";

atTheConsole();

const SURFACES: Record<string, { zh: string; en: string }> = {
  "/": { zh: "林晓", en: "林晓" },
  "/customers": { zh: "客户", en: "Customers" },
  "/duplicates": { zh: "重复客户", en: "Duplicates" },
  "/pipeline": { zh: "商机", en: "Pipeline" },
  "/leads": { zh: "线索", en: "Leads" },
  "/inbox": { zh: "服务", en: "Inbox" },
  "/campaigns": { zh: "营销", en: "Campaigns" },
  "/figures": { zh: "数据", en: "Figures" },
  "/imports": { zh: "导入", en: "Import" },
  "/events": { zh: "事件", en: "Events" },
  "/docs/api": { zh: "API 参考", en: "API reference" },
};

async function stands(path: string, person: Person): Promise<Page> {
  const page = await open(path, person);
  const heading = SURFACES[path]![person.language ?? "zh"];
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page
    .getByRole("status", { name: /正在加载|Loading/ })
    .first()
    .waitFor({ state: "hidden" });
  if (path !== "/events") await page.waitForLoadState("networkidle"); // its stream never ends
  return page;
}

const paths = Object.keys(SURFACES);
const both = (["zh", "en"] as const).flatMap((language) => paths.map((path) => ({ path, language })));

test.skipIf(!seen).concurrent.for(both)(
  "$path in $language",
  async ({ path, language }, { expect, onTestFinished }) => {
    const page = await stands(path, { language, onTestFinished });
    expect(await ailments(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.lang")).toBe(language === "zh" ? "zh-CN" : "en");
  },
);

const narrowAndWide = ["/customers", "/inbox", "/figures"].flatMap((path) =>
  [390, 1920].map((width) => ({ path, width })),
);

test.skipIf(!seen).concurrent.for(narrowAndWide)(
  "$path at $width px",
  async ({ path, width }, { expect, onTestFinished }) => {
    const page = await stands(path, { width, onTestFinished });
    expect(await ailments(page)).toEqual([]);
    // What is too wide scrolls in itself: the page does not.
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  },
);

test.skipIf(!seen).concurrent.for(paths)("%s in the dark", async (path, { expect, onTestFinished }) => {
  const page = await stands(path, { mode: "dark", language: "en", onTestFinished });
  expect(await ailments(page)).toEqual([]);
});
