import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { signalGroup } from "./process-table.ts";

const running = new Set<number>();

process.on("exit", () => running.forEach((pid) => signalGroup(pid, "SIGKILL")));

/** Runs a helper to its end and gives what it printed; fails with what it complained about. */
export async function run([command = "", ...args]: string[], cwd?: string): Promise<string> {
  // In a group of its own: Ctrl-C is the caller's to deal with, and what the helper started ends with it.
  const child = spawn(command, args, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    const [printed, complaint] = await said;
    if (code === 0) return printed.trim();
    throw new Error(`${command} did not succeed: ${complaint.trim()}`);
  } finally {
    if (pid !== undefined) running.delete(pid);
  }
}

export async function works(command: string[]): Promise<boolean> {
  return run(command).then(
    () => true,
    () => false,
  );
}

export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
