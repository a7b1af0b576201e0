import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Writable } from "node:stream";
import { signalGroup } from "./process-table.ts";
import type { Program, Step } from "./program.ts";

export type Warden = { process: ChildProcess; pipe: Writable };

/** The warden lives in a session of its own: neither Ctrl-C nor a closed terminal reaches it. */
export function startWarden(): Warden {
  const script = path.join(import.meta.dirname, "warden.sh");
  const process = spawn("/bin/sh", [script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  process.stdin.on("error", () => {}); // its end is seen on the process
  return { process, pipe: process.stdin };
}

// The child tells the warden about itself and only then becomes the program. So there is no moment in which
// it lives and nobody would end it; while it still holds the pipe, the warden waits for it.
const REGISTER = 'echo "+ $$ $0" >&3; exec "$@" 3>&-';

/**
 * Each child leads a process group, so that a signal reaches what it started too, and Ctrl-C reaches the
 * runner alone.
 */
export function launch(
  { command, env, cwd, input }: Step,
  stop: Program["stop"],
  warden: Warden,
): ChildProcess {
  const child = spawn("/bin/sh", ["-c", REGISTER, stop, ...command], {
    detached: true,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe", warden.pipe],
    env: { ...process.env, ...env },
    cwd,
  });
  child.stdin?.on("error", () => {}); // it ended without reading; how, is seen below
  child.stdin?.end(input);
  const pid = child.pid;
  if (pid === undefined) return child; // "error" follows
  child.on("exit", () => {
    signalGroup(pid, "SIGKILL"); // whatever it left behind
    warden.pipe.write(`- ${pid}\n`);
  });
  return child;
}

/** Undefined for a program that ended well, else how it ended. */
export async function howItEnds(child: ChildProcess): Promise<string | undefined> {
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    if (code === 0) return undefined;
    return signal ? `ended by ${signal}` : `ended with code ${code}`;
  } catch (error) {
    return `could not start: ${(error as Error).message}`;
  }
}
