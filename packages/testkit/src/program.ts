// A program of a test in a process of its own, to be killed as a machine kills it.
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export type Env = Readonly<Record<string, string>>;

export interface Program {
  /** What it has logged as a warning or worse. */
  readonly complaints: readonly string[];
  /** Over when the process is gone. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

const WORSE = ["warn", "error", "fatal"];
/** Half of what a start costs is compiling. */
const COMPILED = path.join(tmpdir(), "guanxi-compiled");

/** Runs once it has logged "ready", and ends with whoever started it, however that ends: see job-program.ts. */
export async function startProgram(file: string, env: Env): Promise<Program> {
  const child = spawn(process.execPath, ["--conditions=source", file], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const complaints: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout })
      .on("line", (line) => {
        const { level, msg } = JSON.parse(line) as { level: string; msg: string };
        if (WORSE.includes(level)) complaints.push(line);
        if (msg === "ready") resolve();
      })
      .on("close", () => reject(new Error(`${file} ended before it was ready`)));
  });
  await ready;
  return {
    complaints,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
