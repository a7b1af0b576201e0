// A real browser, and whoever looks into it: each time a new one, that has nothing of the console yet.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { BROWSER, launch } from "../../../services/console/test/chromium.ts";
import type { System } from "../../bench/system.ts";

export const noBrowser = (): string | undefined =>
  existsSync(BROWSER) ? undefined : `there is no ${BROWSER} (apt-get install chromium)`;

/** What eyes.js says of a moment; milliseconds, `at` since the navigation and `took` since the last thing that a hand did. */
export interface Sight {
  readonly at: number;
  readonly took: number;
  readonly calls: readonly { path: string; begin: number; end: number; bytes: number }[];
}

export interface Desk {
  /** A page in a browser of its own, signed in as lin. `sight` is what it looks for from the first moment on. */
  visit<T>(
    path: string,
    act: (page: Page, first: () => Promise<Sight>) => Promise<T>,
    sight?: string,
  ): Promise<T>;
  close(): Promise<void>;
}

export async function openDesk(system: System): Promise<Desk> {
  const browser = await launch();
  return {
    visit: (address, act, sight = "eyes.rows().length > 0") =>
      visit(browser, { system, address, sight }, act),
    close: () => browser.close(),
  };
}

async function visit<T>(
  browser: Browser,
  { system, address, sight }: { system: System; address: string; sight: string },
  act: (page: Page, first: () => Promise<Sight>) => Promise<T>,
): Promise<T> {
  const url = system.gateway;
  const context = await browser.newContext({
    baseURL: url,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1280, height: 900 },
  });
  try {
    const headers = { "x-guanxi-console": "1", origin: url };
    const signedIn = await context.request.post("/session", {
      data: { idToken: await system.idToken() },
      headers,
    });
    if (!signedIn.ok()) throw new Error(`nobody can sign in: ${signedIn.status()} ${await signedIn.text()}`);
    await context.addInitScript({ path: path.join(import.meta.dirname, "eyes.js") });
    await context.addInitScript(`eyes.first = eyes.sight(() => ${sight})`);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    page.on("pageerror", (error) => void complaints.push(error.message));
    await page.goto(address, { waitUntil: "commit" });
    const answer = await act(page, () => page.evaluate<Sight>("eyes.first"));
    if (complaints.length > 0) throw new Error(`${address} complains: ${complaints.join("; ")}`);
    return answer;
  } finally {
    await context.close();
  }
}

/** When something has come to stand on the screen; what is looked for is an expression of the page. */
export const sightOf = (page: Page, isThere: string): Promise<Sight> =>
  page.evaluate<Sight>(`eyes.sight(() => ${isThere})`);
