// One system for all files of a run: started as `npm start` does, on a folder that goes again, with the demo company in it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readRunning } from "@guanxi/local/data-folder";
import { root } from "@guanxi/local/places";
import type { TestProject } from "vitest/node";
import { BROWSER } from "./chromium.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the gateway, which serves the console; empty where there is no browser to look at it with. */
    consoleUrl: string;
    /** The data folder, whose key signs people in. */
    folder: string;
  }
}

/** What vitest calls. @public */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isThere = existsSync(BROWSER);
  project.provide("consoleUrl", isThere ? (process.env.GUANXI_URL ?? "") : "");
  project.provide("folder", process.env.GUANXI_DATA ?? "");
  if (!isThere) {
    process.stderr.write(`No browser tests: there is no ${BROWSER} (apt-get install chromium).\n`);
    return undefined;
  }
  if (process.env.GUANXI_URL) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-console-"));
  const program = path.join(root, "packages/local/src/main.ts");
  const runner = spawn(process.execPath, ["--conditions=source", program], {
    env: { ...process.env, GUANXI_DATA: folder, GUANXI_DEMO: "morning-light" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(runner, "close");
  const stop = async () => {
    runner.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await says(runner.stdout, /made-up company is there/, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("consoleUrl", `http://127.0.0.1:${readRunning(folder)!.ports["gateway"]}`);
  project.provide("folder", folder);
  return stop;
}

async function says(output: NodeJS.ReadableStream, pattern: RegExp, ended: Promise<unknown>): Promise<void> {
  let said = "";
  const failure = () => new Error(`the system did not come up:\n${said}`);
  const complete = new Promise<void>((resolve, reject) => {
    output.on("data", (data) => {
      said += String(data);
      if (pattern.test(said)) resolve();
      if (/did not (come up|move in)/.test(said)) reject(failure());
    });
  });
  await Promise.race([complete, ended.then(() => Promise.reject(failure()))]);
}
