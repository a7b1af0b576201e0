import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, test, vi } from "vitest";
import { commandOf } from "../src/process-table.ts";

test("a killed runner leaves neither child nor grandchild, deaf and busy as they are", async () => {
  const runner = spawn(process.execPath, [path.join(import.meta.dirname, "runner-with-deaf-child.ts")]);
  const [line] = (await once(createInterface({ input: runner.stdout }), "line")) as [string];
  const pids = line.split(" ").map(Number);
  expect(pids.map(commandOf)).not.toContain(undefined);

  runner.kill("SIGKILL");

  const left = () => pids.filter((pid) => commandOf(pid) !== undefined);
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 15_000, interval: 100 });
});
