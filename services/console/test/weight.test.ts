import { expect, inject, test } from "vitest";
import { atTheConsole, open, seen } from "./rig.ts";

atTheConsole();

/** What is loaded before anything of a surface is, and with which weight it comes over the wire. */
async function firstScripts(): Promise<{ path: string; bytes: number }[]> {
  const url = inject("consoleUrl");
  const page = await (await fetch(url, { headers: { accept: "text/html" } })).text();
  const paths = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
  return Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(url + path, { headers: { "accept-encoding": "gzip" } });
      return { path, bytes: Number(answer.headers.get("content-length")) };
    }),
  );
}

test.skipIf(!seen)("what everybody loads first weighs less than 600 kB", async () => {
  const scripts = await firstScripts();
  const kilobytes = scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  process.stdout.write(`first scripts: ${kilobytes.toFixed(0)} kB gzip in ${scripts.length} files\n`);
  expect(scripts.length).toBeGreaterThan(0);
  expect(kilobytes).toBeGreaterThan(50); // it is measured at all
  expect(kilobytes).toBeLessThan(600);
});

test.skipIf(!seen)("how soon there are rows and a customer is told for whoever looks", async () => {
  const page = await open("/customers");
  // Not one of those that stand for rows to come.
  const row = page.locator('[role="row"][id^="customer-"]').first();
  await row.waitFor();
  const rows = await page.evaluate<number>("performance.now()");
  const name = await row.getByRole("gridcell").nth(1).innerText();
  await page.keyboard.press("j");
  const began = Date.now();
  await page.keyboard.press("Enter");
  // The heading of the list stays until there is one of the customer.
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  const customer = Date.now() - began;
  process.stdout.write(`rows after ${rows.toFixed(0)} ms, a customer's page after ${customer} ms\n`);
  expect(new URL(page.url()).pathname).toMatch(/^\/customers\/[0-9a-f-]{36}$/);
});
