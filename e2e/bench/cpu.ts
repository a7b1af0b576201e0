import { readdirSync, readFileSync } from "node:fs";

/** Named groups of processes, whose time is told apart. */
export type Processes = Readonly<Record<string, number>>;

const MICROSECONDS_PER_TICK = 10_000;
// Fields of /proc/<pid>/stat after the name of the program, which may have spaces in it.
const PARENT = 1;
const OWN = [11, 12];
const ENDED_CHILDREN = [13, 14];

/** Microseconds of CPU that each has spent, with all its children, of which Postgres has one per connection. */
export function cpuOf(processes: Processes): Record<string, number> {
  const children = Map.groupBy(allStats(), ({ fields }) => Number(fields[PARENT]));
  const spent = (pid: number) => {
    const below = (children.get(pid) ?? []).map(({ fields }) => ticks(fields, OWN));
    const own = statOf(pid);
    return sum([own ? ticks(own, [...OWN, ...ENDED_CHILDREN]) : 0, ...below]) * MICROSECONDS_PER_TICK;
  };
  return Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, spent(pid)]));
}

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const ticks = (fields: string[], which: number[]) => sum(which.map((field) => Number(fields[field])));

function allStats() {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const fields = statOf(Number(pid));
    return fields ? [{ fields }] : [];
  });
}

function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return undefined; // it has ended
  }
}
