import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Advice } from "./advice.ts";
import type { DataFolder } from "./data-folder.ts";
import { howItEnds, launch, type Warden } from "./launch.ts";
import type { Log } from "./log.ts";
import { signalGroup } from "./process-table.ts";
import type { Command, Program, Row, Step } from "./program.ts";
import { nextRestart } from "./restart.ts";

const GRACE = 5000;

export type Tools = {
  folder: DataFolder;
  warden: Warden;
  log: (program: Program) => Log;
  changed: (row: Row, lastLines: string[]) => void;
};

export type Supervised = {
  row: Row;
  /** True once it answers, false when it was given up or stopped before. */
  ready: Promise<boolean>;
  stop: () => Promise<void>;
};

// One program in the runner's care.
type Care = {
  program: Program;
  tools: Tools;
  log: Log;
  stopping: AbortSignal;
  change: (news: Partial<Row>) => void;
};

/**
 * Keeps one program alive: begin, start, wait until it answers, start again when it ends by itself, until told
 * to stop.
 */
export function supervise(program: Program, tools: Tools): Supervised {
  const row: Row = { name: program.name, address: program.address, state: "waiting" };
  const log = tools.log(program);
  const stopping = new AbortController();
  const ready = Promise.withResolvers<boolean>();
  const change = (news: Partial<Row>) => {
    Object.assign(row, news);
    tools.changed(row, log.last());
    if (row.state === "ready") ready.resolve(true);
    if (row.state === "failed" || row.state === "stopped") ready.resolve(false);
  };
  change({});
  const life = live({ program, tools, log, stopping: stopping.signal, change });
  return {
    row,
    ready: ready.promise,
    stop: async () => {
      stopping.abort();
      if (row.pid) await endGently(row.pid, program, life, change);
      await life;
    },
  };
}

async function live(care: Care): Promise<void> {
  const { program, stopping, change } = care;
  try {
    let lastStep: Promise<unknown> = Promise.resolve();
    const begun = program.begin((step) => (lastStep = runStep(step, care)));
    const command = await Promise.race([begun, aborted(stopping)]);
    await lastStep; // stopped in the midst of a step: it has been told, and is waited for
    if (command && (await keepAlive(command, care)) === "given up") return;
    change({ state: "stopped", pid: undefined, note: undefined });
  } catch (error) {
    if (stopping.aborted) return change({ state: "stopped", pid: undefined, note: undefined });
    if (!(error instanceof Advice)) care.log.line(String((error as Error).stack));
    change({ state: "failed", pid: undefined, note: (error as Error).message });
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

async function runStep(step: Step, care: Care): Promise<void> {
  if (care.stopping.aborted) throw new Advice("Stopped before.");
  const how = await howItEnds(launchLogged(step, "preparing", care));
  care.change({ state: "waiting", pid: undefined, note: undefined });
  if (how) throw new Advice(`${step.command.at(-1)} ${how}`);
}

function launchLogged(step: Step, state: "preparing" | "starting", care: Care): ChildProcess {
  const { program, tools, log, change } = care;
  const child = launch(step, program.stop, tools.warden);
  log.take(child.stdout);
  log.take(child.stderr);
  if (child.pid) tools.folder.remember(program.name, child.pid, step.command);
  const note = state === "preparing" ? step.command.at(-1) : undefined;
  change({ state, pid: child.pid, readyAfter: undefined, ...(note && { note }) });
  return child;
}

async function keepAlive(command: Command, care: Care): Promise<"stopped" | "given up"> {
  const crashes: number[] = [];
  while (!care.stopping.aborted) {
    const how = await oneLife(command, care);
    if (care.stopping.aborted) break;
    crashes.push(Date.now());
    const delay = nextRestart(crashes, Date.now());
    const state = delay === undefined ? "failed" : "restarting";
    care.change({ state, pid: undefined, readyAfter: undefined, note: how });
    if (delay === undefined) return "given up";
    await sleep(delay, undefined, { signal: care.stopping }).catch(() => {});
  }
  return "stopped";
}

async function oneLife(command: Command, care: Care): Promise<string> {
  const began = Date.now();
  const ended = howItEnds(launchLogged(command, "starting", care));
  const life = new AbortController();
  void untilAnswers(care.program, life.signal).then((answers) => {
    if (answers && !care.stopping.aborted)
      care.change({ state: "ready", readyAfter: Date.now() - began, note: undefined });
  });
  const how = await ended;
  life.abort();
  return how ?? "ended by itself";
}

async function endGently(
  pid: number,
  program: Program,
  life: Promise<void>,
  change: (news: Partial<Row>) => void,
): Promise<void> {
  change({ state: "stopping", readyAfter: undefined });
  signalGroup(pid, `SIG${program.stop}`);
  const late = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE);
  await life;
  clearTimeout(late);
}

/** Asks until the program answers; false when its life ended first. */
export async function untilAnswers(program: Pick<Program, "ask">, life: AbortSignal): Promise<boolean> {
  for (let pause = 20; !life.aborted; pause = Math.min(pause * 1.3, 250)) {
    try {
      await program.ask();
      return !life.aborted;
    } catch {
      await sleep(pause);
    }
  }
  return false;
}
