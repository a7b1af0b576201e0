import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { Advice } from "./advice.ts";
import { commandOf, signalGroup } from "./process-table.ts";

type Child = { pid: number; command: string };

export type Running = {
  pid: number;
  since: string;
  ports: Record<string, number>;
  children: Record<string, Child>;
};

export type DataFolder = {
  path: string;
  logs: string;
  /** Writes down who is alive, for the start after a crash of everything. */
  remember: (name: string, pid: number, command: string[]) => void;
  /** Writes down the ports, for `npx guanxi` and tests. */
  announce: (ports: Record<string, number>) => void;
  /** After an orderly end there is nothing to remember. */
  forget: () => void;
};

/**
 * A runner holds its folder by the lock on a SQLite file: Node's only way to a lock that the kernel frees with
 * the process. A file with a pid in it would need guesses about stale ones.
 */
export async function openDataFolder(where: string): Promise<DataFolder> {
  const folder = makeFolder(where);
  const before = readRunning(folder);
  if (!lock(path.join(folder, "lock"))) {
    throw new Advice(
      `Already running on ${folder} (pid ${before?.pid}, since ${before?.since}). Stop it there with Ctrl-C, ` +
        `or start this one beside it: GUANXI_DATA=/another/folder npm start`,
    );
  }
  await endLeftovers(before);
  const notes = path.join(folder, "running.json");
  const running: Running = { pid: process.pid, since: new Date().toISOString(), ports: {}, children: {} };
  const save = () => writeFileSync(notes, JSON.stringify(running, undefined, 2));
  save();
  return {
    path: folder,
    logs: path.join(folder, "logs"),
    remember: (name, pid, command) => {
      running.children[name] = { pid, command: command.join(" ") };
      save();
    },
    announce: (ports) => {
      running.ports = ports;
      save();
    },
    forget: () => rmSync(notes, { force: true }),
  };
}

function makeFolder(where: string): string {
  try {
    mkdirSync(path.join(where, "logs"), { recursive: true, mode: 0o700 });
    chmodSync(where, 0o700); // logs and ports are nobody else's business
    return realpathSync(where);
  } catch (error) {
    throw new Advice(
      `The data folder cannot be written (${(error as Error).message}): give another by GUANXI_DATA.`,
    );
  }
}

let held: DatabaseSync | undefined; // closed only by the end of the process

function lock(file: string): boolean {
  try {
    held = new DatabaseSync(file, { timeout: 0 });
    held.exec("begin exclusive");
    return true;
  } catch {
    return false;
  }
}

/** What the runner of a folder wrote down; undefined at the first start, or when a power failure cut it off. */
export function readRunning(folder: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, "running.json"), "utf8")) as Running;
  } catch {
    return undefined;
  }
}

// Needed only when runner and warden were killed together. Dead programs and strangers with their numbers are
// let alone.
async function endLeftovers(before: Running | undefined): Promise<void> {
  // Only the end is compared: a prefix such as setpriv has become the program by now.
  const ours = ({ pid, command }: Child) => command.endsWith(commandOf(pid) ?? "nobody");
  const left = () => Object.values(before?.children ?? {}).filter(ours);
  for (const child of left()) signalGroup(child.pid, "SIGINT");
  for (let round = 0; round < 50 && left().length > 0; round++) await sleep(100);
  for (const child of left()) signalGroup(child.pid, "SIGKILL");
}
