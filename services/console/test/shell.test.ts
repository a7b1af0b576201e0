import { expect, inject, test } from "vitest";
import { atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

test.skipIf(!seen)(
  "one signs in as one of the people, comes back to where one was going, and out again",
  async () => {
    const page = await open("/sign-in", { language: "en", expects: /^401 / });
    await page.context().clearCookies();
    await page.goto("/customers");
    await page.getByRole("button", { name: /林晓/ }).click();
    await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ name: "guanxi", httpOnly: true, sameSite: "Strict" }]);
    expect(await page.evaluate("document.cookie")).toBe("");
    const kept = await page.evaluate<string>("JSON.stringify(localStorage)");
    expect(kept).not.toContain("eyJ"); // as tokens begin
    await page.getByRole("button", { name: /林晓/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    const answer = await page.request.get("/v1/me", { headers: { "x-guanxi-console": "1" } });
    expect(answer.status()).toBe(401);
  },
);

test.skipIf(!seen)(
  "Ctrl-K finds a customer by initials, and opens the page by the keyboard alone",
  async () => {
    const page = await open("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    const box = page.getByRole("combobox", { name: "搜索客户或命令" });
    await box.fill("zs");
    const first = page.getByRole("option").first();
    await first.waitFor();
    const name = (await first.innerText()).split("\n")[0]!;
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}/);
    const heading = page.getByRole("heading", { level: 1, name });
    await heading.waitFor();
    expect(await heading.isVisible()).toBe(true);
  },
);

test.skipIf(!seen)(
  "commands are found by pinyin; g and a letter go to a place; ? tells of the keys",
  async () => {
    const page = await open("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("daoru");
    await page.getByRole("option", { name: "导入" }).click();
    await page.waitForURL("**/imports");
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.waitForURL("**/events");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(page.url()).toMatch(/\/events$/);
  },
);

test.skipIf(!seen)("language and colours are chosen at once, and stay chosen", async () => {
  const page = await open("/");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "Customers" }).waitFor();
  await page.getByRole("button", { name: "Appearance" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await page.reload();
  await page.getByRole("link", { name: "Customers" }).waitFor();
  expect(await page.evaluate("document.documentElement.dataset.mode")).toBe("dark");
});

test.skipIf(!seen)("what there is not is said; what fails has a trace id to copy", async () => {
  const page = await open("/nothing/here", { language: "en", expects: /^500 / });
  await page.getByText("There is no such page").waitFor();
  await page.route("**/v1/customers?*", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      body: JSON.stringify({
        title: "Internal error",
        status: 500,
        reason: "INTERNAL",
        traceId: "0af7651916cd43dd",
      }),
    }),
  );
  await page.goto("/customers");
  const trace = page.getByText("Trace 0af76519…").first();
  await trace.waitFor();
  expect(await trace.isVisible()).toBe(true);
});

test.skipIf(!seen)(
  "the page comes under a policy that lets in no script and no host but its own",
  async () => {
    const answer = await fetch(inject("consoleUrl"), { headers: { accept: "text/html" } });
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  },
);

test.skipIf(!seen)("a dialog begins in its first field, though nothing moves", async () => {
  for (const [path, verb, label] of [
    ["/leads", "新建线索", "公司"],
    ["/pipeline", "新建商机", "商机名称"],
  ] as const) {
    const page = await open(path);
    await page.getByRole("button", { name: verb }).click();
    const dialog = page.getByRole("dialog", { name: verb });
    const field = dialog.getByLabel(label).and(page.locator(":focus"));
    await field.waitFor();
    await page.keyboard.type("苏州");
    expect(await field.inputValue()).toBe("苏州");
  }
});
