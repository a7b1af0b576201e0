// A person at the console: a browser of its own for each, signed in through the page. What the page complains of, and whom it
// asks besides its own origin, fails the test that opened it.
import { connect, tokenFor } from "@guanxi/client/send";
import { signIdToken } from "@guanxi/local/issuer";
import axe, { type AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, onTestFinished } from "vitest";
import { launch } from "./chromium.ts";

/** Whether there is a browser here. */
export const seen = inject("consoleUrl") !== "";

let browser: Browser;

/** To be called once in each file. */
export function atTheConsole(): void {
  beforeAll(async () => {
    if (!seen) return;
    browser = await launch();
    const url = inject("consoleUrl");
    connect({ url, token: async () => tokenFor(url, await signIdToken(inject("folder"), "lin")) });
  });
  afterAll(() => browser?.close());
}

const SETTLES_MS = 10_000;

export interface Person {
  as?: "lin" | "chen" | "wang" | "zhao";
  language?: "zh" | "en";
  mode?: "light" | "dark";
  width?: number;
  /** Answers that this test provokes, as in "412 /v1/customers". */
  expects?: RegExp;
  /** Of another system than the one that all tests share. */
  at?: string;
  /** The test's own, where tests run at the same time. */
  onTestFinished?: typeof onTestFinished;
}

/** Opens the console at a path, signed in. */
export async function open(path: string, person: Person = {}): Promise<Page> {
  const { as = "lin", language = "zh", mode = "light", width = 1280, expects } = person;
  const { at: url = inject("consoleUrl"), onTestFinished: whenOver = onTestFinished } = person;
  const context = await browser.newContext({
    baseURL: url,
    locale: language === "zh" ? "zh-CN" : "en-US",
    timezoneId: "Asia/Shanghai",
    colorScheme: mode,
    // Where things move, a click may come before or behind what it was meant for.
    reducedMotion: "reduce",
    viewport: { width, height: width < 600 ? 844 : 900 },
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // A refused call is said by its answer, below.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && origin !== url) complaints.push(`asks ${request.url()}`);
  });
  page.on("response", (answer) => {
    const line = `${answer.status()} ${new URL(answer.url()).pathname}`;
    if (answer.status() >= 400 && !expects?.test(line)) complaints.push(line);
  });
  whenOver(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });
  await context.request.post("/session", {
    data: { person: as },
    headers: { "x-guanxi-console": "1", origin: url },
  });
  await page.goto(path);
  return page;
}

/** What axe finds serious or worse, and goes on finding: while a list of choices opens or closes, it is nameless. */
export async function ailments(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const end = performance.now() + SETTLES_MS;
  for (;;) {
    const found = await ailmentsNow(page);
    if (found.length === 0 || performance.now() > end) return found;
  }
}

async function ailmentsNow(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ target }) => String(target))
          .slice(0, 3)
          .join("; ")}`,
    );
}
