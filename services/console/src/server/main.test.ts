// The process as it is started: ready, shows pages, told to stop, gone.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "console-"));
writeFileSync(join(folder, "index.html"), '<meta nonce="__NONCE__">');
afterAll(() => rmSync(folder, { recursive: true }));

const start = (env: Record<string, string>) =>
  spawn(process.execPath, ["--conditions=source", join(import.meta.dirname, "main.ts")], {
    env: { PATH: process.env.PATH, HTTP_PORT: "0", MANAGEMENT_PORT: "0", DRAIN_SECONDS: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });

test("it is ready, shows its pages, knows no path of the API, and ends when told", async () => {
  const child = start({ CONSOLE_FOLDER: folder });
  try {
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const { port, managementPort } = JSON.parse(line) as { port: number; managementPort: number };
    expect((await fetch(`http://127.0.0.1:${managementPort}/health/ready`)).status).toBe(200);
    const page = await fetch(`http://127.0.0.1:${port}/customers`, { headers: { accept: "text/html" } });
    expect(await page.text()).toMatch(/^<meta nonce="[\w-]{24}">$/);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const path of ["/v1/me", "/session", "/openapi.json", "/assets/none.js"])
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  } finally {
    child.kill("SIGKILL");
  }
});

test("without pages it does not start, and says what to do", async () => {
  const child = start({ CONSOLE_FOLDER: join(folder, "nowhere") });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close") as Promise<[number]>]);
  expect([code, said]).toEqual([78, expect.stringContaining("build the console, or leave it out")]);
});
