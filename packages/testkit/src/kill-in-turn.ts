// Two or more processes that do the same work, of which one after the other dies at any moment and comes back.
import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { Chance } from "./chance.ts";
import { type Env, type Program, startProgram } from "./program.ts";

interface Killing {
  readonly file: string;
  /** One process for each. */
  readonly envs: readonly Env[];
  readonly kills: number;
  readonly chance: Chance;
  /** From when a process stands until one dies. */
  readonly mostMs: number;
  /** Gives the processes something to do, before each kill. */
  release?(kill: number): Promise<void>;
  /** Keeps an eye on their locks. */
  readonly admin: Pool;
  readonly service: string;
}

interface Survivors {
  readonly running: readonly Program[];
  /** What the killed ones complained of, too. */
  readonly complaints: () => string[];
  /** So many died while a job was under way. */
  readonly underWay: number;
}

export async function killInTurn(killing: Killing): Promise<Survivors> {
  const { file, envs, kills, chance, mostMs, release } = killing;
  const running = await Promise.all(envs.map((env) => startProgram(file, env)));
  const all = [...running];
  let underWay = 0;
  for (let kill = 0; kill < kills; kill++) {
    await release?.(kill);
    await pause(chance.below(mostMs));
    underWay += (await isWorking(killing)) ? 1 : 0;
    const turn = kill % envs.length;
    await running[turn]!.end("SIGKILL");
    running[turn] = await startProgram(file, envs[turn]!);
    all.push(running[turn]);
  }
  return { running, underWay, complaints: () => all.flatMap(({ complaints }) => complaints) };
}

/** A job is held by a lock of its process's session. */
async function isWorking({ admin, service }: Killing): Promise<boolean> {
  const { rowCount } = await admin.query(
    `select from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and a.datname = current_database() and a.application_name = $1 limit 1`,
    [`${service} jobs`],
  );
  return rowCount === 1;
}
