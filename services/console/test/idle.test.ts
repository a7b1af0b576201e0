// A page that everybody has left: what it asks by itself is to keep no session alive.
import { expect, test, vi } from "vitest";
import { atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

const LONG_MS = 61_000;

test.skipIf(!seen)(
  "what a page asks while nobody touches it says so, and what it asks for somebody does not",
  async () => {
    const page = await open("/inbox", { as: "wang", language: "en" });
    await page.clock.install();
    await page.reload();
    await page.getByRole("heading", { name: "Inbox" }).waitFor();
    const asked: boolean[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/v1/") && pathname !== "/v1/stream")
        asked.push(request.headers()["x-guanxi-unattended"] === "1");
    });
    const looksAgain = async () => {
      await page.waitForLoadState("networkidle"); // what the page asks when it opens is asked for somebody
      asked.length = 0;
      await page.clock.fastForward(LONG_MS);
      await vi.waitFor(() => expect(asked).not.toEqual([]), { timeout: 10_000 });
      return new Set(asked);
    };
    expect(await looksAgain()).toEqual(new Set([true]));
    asked.length = 0;
    await page.keyboard.press("Shift");
    await page.reload();
    await vi.waitFor(() => expect(asked).not.toEqual([]), { timeout: 10_000 });
    expect(new Set(asked)).toEqual(new Set([false]));
    expect(await looksAgain()).toEqual(new Set([true]));
  },
);
