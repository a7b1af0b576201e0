// The events surface: what somebody does shows there at once, and tells what led to it.
import { createCustomer } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { ailments, atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const WORDS = {
  zh: {
    pause: "暂停",
    waiting: /继续（\d+ 条新事件）/,
    causes: "因果链",
    here: "本条",
    letters: "处理失败",
    none: "没有处理失败的事件",
  },
  en: {
    pause: "Pause",
    waiting: /Resume \(\d+ new\)/,
    causes: "Causes",
    here: "this one",
    letters: "Dead letters",
    none: "No dead letters",
  },
};

const register = (displayName: string) =>
  createCustomer({ kind: "KIND_ORGANISATION", displayName }, { "Idempotency-Key": crypto.randomUUID() });

test.skipIf(!seen).for(["zh", "en"] as const)(
  "in %s what is done is told at once, with what led to it",
  async (language) => {
    const words = WORDS[language];
    const page = await open("/events?area=customer", { language });
    await page.getByText(language === "zh" ? "还没有事件" : "No events yet").waitFor();
    const { customerId } = await register(`苏州晨星精密机械有限公司 ${language}`);
    const row = page.getByRole("row").filter({ hasText: "CustomerRegistered" });
    await row.filter({ hasText: `苏州晨星精密机械有限公司 ${language}` }).waitFor();
    expect(await row.innerText()).toContain("林晓");

    await row.getByRole("button", { name: "CustomerRegistered" }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText(words.here).waitFor();
    expect(await drawer.innerText()).toContain(`"苏州晨星精密机械有限公司 ${language}"`);
    expect(await drawer.locator("mark").count()).toBeGreaterThan(1);
    expect(await drawer.getByRole("link").getAttribute("href")).toBe(`/customers/${customerId}`);
    expect(await ailments(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: words.pause }).click();
    await register(`无锡远航电子有限公司 ${language}`);
    await page.getByRole("button", { name: words.waiting }).click();
    await page.getByText(`无锡远航电子有限公司 ${language}`).waitFor();
    await page.getByRole("tab", { name: words.letters }).click();
    await page.getByText(words.none, { exact: true }).waitFor();
    expect(await ailments(page)).toEqual([]);
  },
);
