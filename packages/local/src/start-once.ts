import { howItEnds, launch, type Warden } from "./launch.ts";
import { signalGroup } from "./process-table.ts";
import type { Program } from "./program.ts";
import { untilAnswers } from "./supervise.ts";

export type Started = {
  pid: number;
  /** Told to end, and waited for. */
  stop: () => Promise<void>;
  /** As by a power cut: kill -9, and waited for. */
  kill: () => Promise<void>;
};

/** Starts a program for a test: it answers when this resolves, and is not started again when it ends. */
export async function startOnce(program: Program, warden: Warden): Promise<Started> {
  const command = await program.begin(() => Promise.reject(new Error("no steps here")));
  const child = launch(command, program.stop, warden);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data) => (said = `${said}${data}`.slice(-2000)));
  const life = new AbortController();
  const ended = howItEnds(child).finally(() => life.abort());
  if (!(await untilAnswers(program, life.signal))) throw new Error(`${program.name} ${await ended}: ${said}`);
  const pid = child.pid ?? 0;
  const end = async (signal: NodeJS.Signals) => {
    signalGroup(pid, signal);
    await ended;
  };
  return { pid, stop: () => end(`SIG${program.stop}`), kill: () => end("SIGKILL") };
}
