import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { readRunning, type Running } from "@guanxi/local/data-folder";
import { root } from "@guanxi/local/places";
import { expect, vi } from "vitest";

export type Runner = {
  /** Waits for what the runner prints; `times` counts from its start. */
  says: (pattern: RegExp, times?: number) => Promise<void>;
  text: () => string;
  running: () => Running;
  kill: (signal: NodeJS.Signals) => void;
  exitCode: () => Promise<number | null>;
};

/** `npm start` on a folder, without npm and bootstrap, so that what is killed is the runner itself. */
export function startRunner(folder: string, variables: Record<string, string> = {}): Runner {
  const program = path.join(root, "packages/local/src/main.ts");
  const env = { ...process.env, GUANXI_DEMO: "none", ...variables, GUANXI_DATA: folder };
  const child = spawn(process.execPath, ["--conditions=source", program], { env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += String(data)));
  const closed = once(child, "close");
  const count = (pattern: RegExp) => said.match(new RegExp(pattern, "g"))?.length ?? 0;
  return {
    text: () => said,
    says: (pattern, times = 1) =>
      vi.waitFor(() => expect(count(pattern), `${pattern} in:\n${said}`).toBeGreaterThanOrEqual(times), {
        timeout: 90_000,
        interval: 50,
      }),
    running: () => {
      const running = readRunning(folder);
      if (!running) throw new Error(`no runner on ${folder}`);
      return running;
    },
    kill: (signal) => void child.kill(signal),
    exitCode: async () => (await closed)[0] as number | null,
  };
}
