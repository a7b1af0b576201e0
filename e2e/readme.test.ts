import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { root } from "@guanxi/local/places";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Runner, startRunner } from "./local/runner.ts";

const folder = mkdtempSync(path.join(tmpdir(), "guanxi readme "));
let runner: Runner;
beforeAll(async () => {
  runner = startRunner(folder);
  await runner.says(/Ready in/);
}, 180_000);
afterAll(async () => {
  runner.kill("SIGINT");
  await runner.exitCode();
  rmSync(folder, { recursive: true });
});

const blocks = [...readFileSync(path.join(root, "README.md"), "utf8").matchAll(/^```sh\n(.*?)^```$/gms)].map(
  ([, text]) => text!,
);

/** One shell for all blocks, as a reader has one terminal; answers the JSON that a block printed, a line each. */
function openShell() {
  const shell = spawn("/bin/bash", [], { cwd: root, env: { ...process.env, GUANXI_DATA: folder } });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  return {
    async run(number: number): Promise<unknown[]> {
      shell.stdin.write(`${blocks[number]!.replaceAll(/^curl/gm, "echo; curl")}\necho; echo done\n`);
      const printed: unknown[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done || value === "done") return printed;
        if (value.startsWith("{")) printed.push(JSON.parse(value));
      }
    },
    close: () => shell.stdin.end(),
  };
}

test("README's lines do what it says, one after the other", async () => {
  expect(blocks).toHaveLength(11);
  const shell = openShell();
  await shell.run(0);
  const [made] = (await shell.run(1)) as { customerId: string }[];
  expect(made).toMatchObject({ displayName: "张三", lifecycleStage: "LIFECYCLE_STAGE_PROSPECT" });
  const found = { customers: [{ customerId: made!.customerId }] };
  expect(await shell.run(2)).toMatchObject([found, found]);
  expect(await shell.run(3)).toMatchObject([{ ...found, nextPageToken: "" }]);
  expect(await shell.run(4)).toMatchObject([{ customerId: made!.customerId, legalName: "张三丰" }]);
  await vi.waitFor(async () => expect(await shell.run(5)).toMatchObject([{ total: 1 }]), { timeout: 30_000 });
  expect(await shell.run(7)).toMatchObject([{ rows: [] }, { missing: expect.any(Array) as unknown }]);
  expect(await shell.run(8)).toMatchObject([{ state: "STATE_RUNNING" }, { customerValues: [] }]);
  expect(await shell.run(6)).toMatchObject([
    { status: 400, title: "请求无效", violations: [{ field: "customer.colour" }] },
  ]);
  expect(await shell.run(9)).toMatchObject([
    { kind: "KIND_COMPLAINT", subject: "椅子第一天就坏了", sla: { targets: expect.any(Array) as unknown } },
    { status: 409, reason: "ROOT_CAUSE_MISSING" },
  ]);
  const summary = { interactions: [{ body: "Where is my chair?" }] };
  expect(await shell.run(10)).toMatchObject([
    { channel: "CHANNEL_PHONE" },
    summary,
    { groups: expect.any(Array) as unknown },
  ]);
  shell.close();
}, 120_000);
