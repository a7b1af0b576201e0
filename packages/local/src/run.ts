import { execFile, type ExecFileOptions } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { signalGroup } from "./process-table.ts";

const execute = promisify(execFile);
const running = new Set<number>();

process.on("exit", () => running.forEach((pid) => signalGroup(pid, "SIGKILL")));

/** Runs a helper to its end and gives what it printed; fails with what it complained about. */
export async function run([command = "", ...args]: string[], options: ExecFileOptions = {}): Promise<string> {
  // In a group of its own: Ctrl-C is the caller's to deal with, and what the helper started ends with it.
  const grouped = { ...options, detached: true, encoding: "utf8" } as const;
  const result = execute(command, args, grouped);
  const { pid } = result.child;
  if (pid !== undefined) running.add(pid);
  try {
    return (await result).stdout.trim();
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
